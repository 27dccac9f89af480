import Reports

/// Takes a report into a file.
struct FileSink: ReportSink {
    let file: ReportFile

    mutating func write(_ bytes: [UInt8]) throws(SystemError) {
        try file.write(bytes)
    }
}

/// Takes a report to an open descriptor.
struct DescriptorSink: ReportSink {
    let descriptor: Int32
    let path: String

    mutating func write(_ bytes: [UInt8]) throws(SystemError) {
        try Descriptor.write(bytes, to: descriptor, path: path)
    }
}
