internal import CLibcurl
internal import DHIS2

// How libcurl hands over an answer and asks for sockets.
extension EasyHandle {
    func setCallbacks(poller: SocketPoller) throws(TransportError) {
        let handle = Unmanaged.passUnretained(self).toOpaque()
        try setPointer(CURLOPT_HEADERDATA, handle)
        try setPointer(CURLOPT_WRITEDATA, handle)
        try require(
            shim_easy_set_data_callback(easy, CURLOPT_HEADERFUNCTION) { bytes, size, count, context in
                guard let context else { return 0 }
                let line = UnsafeRawBufferPointer(start: bytes, count: size * count)
                return Unmanaged<EasyHandle>.fromOpaque(context).takeUnretainedValue().receiveHeaderLine(line)
            },
            CURLOPT_HEADERFUNCTION
        )
        try require(
            shim_easy_set_data_callback(easy, CURLOPT_WRITEFUNCTION) { bytes, size, count, context in
                guard let context else { return 0 }
                let piece = UnsafeRawBufferPointer(start: bytes, count: size * count)
                return Unmanaged<EasyHandle>.fromOpaque(context).takeUnretainedValue().receiveBody(piece)
            },
            CURLOPT_WRITEFUNCTION
        )
        let watcher = Unmanaged.passUnretained(poller).toOpaque()
        try setPointer(CURLOPT_OPENSOCKETDATA, watcher)
        try setPointer(CURLOPT_CLOSESOCKETDATA, watcher)
        try require(
            shim_easy_set_open_callback(easy) { context, _, address in
                guard let context, let address else { return CURL_SOCKET_BAD }
                return Unmanaged<SocketPoller>.fromOpaque(context).takeUnretainedValue().open(
                    family: address.pointee.family,
                    type: address.pointee.socktype,
                    protocol: address.pointee.protocol
                )
            },
            CURLOPT_OPENSOCKETFUNCTION
        )
        try require(
            shim_easy_set_close_callback(easy) { context, descriptor in
                guard let context else { return -1 }
                return Unmanaged<SocketPoller>.fromOpaque(context).takeUnretainedValue().close(descriptor)
            },
            CURLOPT_CLOSESOCKETFUNCTION
        )
    }
}
