import Reports

/// Takes a report into a file.
struct FileSink: ReportSink {
    let file: ReportFile

    mutating func write(_ bytes: [UInt8]) throws(SystemError) {
        try bytes.withUnsafeBytes { buffer throws(SystemError) in try file.write(buffer) }
    }
}

/// Takes a report to an open descriptor.
struct DescriptorSink: ReportSink {
    let descriptor: Int32
    let path: String

    mutating func write(_ bytes: [UInt8]) throws(SystemError) {
        try bytes.withUnsafeBytes { buffer throws(SystemError) in
            try Descriptor.write(buffer, to: descriptor, path: path)
        }
    }
}
