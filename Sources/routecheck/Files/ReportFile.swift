import Glibc

/// A report on its way to a regular file.
///
/// It is written beside its place and renamed once it is whole, so that a reader sees the report before or this one and
/// nothing between, with the mode of the file before. Where the folder does not allow that, or the file is a place of its
/// own (a bind mount), the bytes are kept until all are there, and written over what the file holds.
final class ReportFile {
    /// How the report gets to its place.
    private enum Way {
        case beside(Replacement)
        case inPlace(Int32)
    }

    private let name: String
    private let target: String
    private var way: Way?
    /// What is to be written in place.
    private var bytes: [UInt8] = []

    /// Opens a report; folders that are missing on the way are made.
    ///
    /// - Parameters:
    ///   - target: The path at the end of all links.
    ///   - name: What the file is called in an error.
    init(_ target: String, name: String) throws(SystemError) {
        self.target = target
        self.name = name
        var status = stat()
        let exists = stat(target, &status) == 0
        if !exists { Self.makeFolders(for: target) }
        do throws(SystemError) {
            way = .beside(try Replacement(for: target, like: exists ? status : nil))
        } catch {
            guard exists else { throw SystemError(path: name, number: error.number) }
            way = .inPlace(try Self.existing(target, name: name))
        }
    }

    deinit { close() }

    /// Appends bytes.
    func write(_ bytes: [UInt8]) throws(SystemError) {
        switch way {
        case .beside(let replacement): try Descriptor.write(bytes, to: replacement.descriptor, path: name)
        case .inPlace: self.bytes += bytes
        case nil: break
        }
    }

    /// Puts the finished report in its place.
    func commit() throws(SystemError) {
        defer { close() }
        switch way {
        case .beside(let replacement):
            replacement.restoreMode()
            try Descriptor.flush(replacement.descriptor, path: name)
            guard rename(replacement.path, target) != 0 else {
                // There is nothing left to be removed.
                Glibc.close(replacement.descriptor)
                way = nil
                return
            }
            let refusal = SystemError(path: name)
            guard let descriptor = try? Self.existing(target, name: name) else { throw refusal }
            defer { Glibc.close(descriptor) }
            try Self.overwrite(descriptor, with: try Self.contents(of: replacement.descriptor, name: name), name: name)
        case .inPlace(let descriptor): try Self.overwrite(descriptor, with: bytes, name: name)
        case nil: break
        }
    }

    private func close() {
        switch way {
        case .beside(let replacement):
            unlink(replacement.path)
            Glibc.close(replacement.descriptor)
        case .inPlace(let descriptor): Glibc.close(descriptor)
        case nil: break
        }
        way = nil
    }

    /// What keeps a report from being written, as far as can be told without touching its place.
    static func problem(with path: String) -> SystemError? {
        do throws(SystemError) {
            if case .file(let target) = try ReportPlace(of: path) { _ = try ReportFile(target, name: path) }
            return nil
        } catch {
            return error
        }
    }

    /// Makes the folders that a path needs; one that cannot be made shows when the file is opened.
    static func makeFolders(for path: String) {
        var end = path.startIndex
        while let slash = path[end...].dropFirst().firstIndex(of: "/") {
            mkdir(String(path[..<slash]), 0o777)
            end = slash
        }
    }
}

extension ReportFile {
    /// Writes over what a file holds, also where there is no room beside it.
    ///
    /// - Parameter target: The path at the end of all links, of a file that is there.
    static func overwrite(_ target: String, with bytes: [UInt8], name: String) throws(SystemError) {
        let descriptor = try existing(target, name: name)
        defer { Glibc.close(descriptor) }
        try overwrite(descriptor, with: bytes, name: name)
    }

    private static func existing(_ target: String, name: String) throws(SystemError) -> Int32 {
        let descriptor = open(target, O_WRONLY | O_NONBLOCK | O_CLOEXEC)
        guard descriptor >= 0 else { throw SystemError(path: name) }
        return descriptor
    }

    /// Writes over what an open file holds; if that fails half-way the file is empty, as half of a report could pass for
    /// the whole.
    private static func overwrite(_ descriptor: Int32, with bytes: [UInt8], name: String) throws(SystemError) {
        // Another run may be writing the same; whoever else holds a lock is not waited for for long.
        var turns = 20
        while flock(descriptor, LOCK_EX | LOCK_NB) != 0, errno == EWOULDBLOCK, turns > 0 {
            usleep(50_000)
            turns -= 1
        }
        guard ftruncate(descriptor, 0) == 0 else { throw SystemError(path: name) }
        do throws(SystemError) {
            try Descriptor.write(bytes, to: descriptor, path: name)
            try Descriptor.flush(descriptor, path: name)
        } catch {
            ftruncate(descriptor, 0)
            throw error
        }
    }

    private static func contents(of descriptor: Int32, name: String) throws(SystemError) -> [UInt8] {
        guard lseek(descriptor, 0, SEEK_SET) == 0 else { throw SystemError(path: name) }
        return try FileReader.bytes(of: descriptor, path: name, limit: .max - 1)
    }
}
