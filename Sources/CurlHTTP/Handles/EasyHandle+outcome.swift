internal import CLibcurl
internal import DHIS2
internal import HTTPVocabulary

// What came of a transfer, as far as libcurl tells.
extension EasyHandle {
    /// What a transfer that ended with a code came to.
    func outcome(_ code: CURLcode) -> Transfer.Outcome {
        guard code == CURLE_OK || collector.finalInterimStatus != nil else {
            return .failure(TransportError(failure(code)))
        }
        // libcurl takes the end of the connection for that of the header section, and what breaks off for a body.
        guard collector.hasHeaderSection, !collector.breaksOff else {
            return .failure(TransportError(failure(collector.hasHeaderSection ? code : CURLE_PARTIAL_FILE)))
        }
        var exchange = HTTPExchange(
            statusCode: collector.finalInterimStatus ?? getLong(CURLINFO_RESPONSE_CODE),
            reasonPhrase: collector.reasonPhrase,
            // A copy of the right size: the buffer stays for the next answer.
            headerSection: collector.headerSection.withUnsafeBufferPointer { Array($0) },
            body: collector.body,
            bodySize: collector.bodySize,
            timings: timings
        )
        exchange.truncatedEnd = collector.truncatedEnd
        exchange.lease = takeLease()
        // The one status that none but a proxy has a use for (RFC 9110, section 15.5.8).
        if exchange.statusCode == 407, let url = transfer?.request.url {
            let proxy = ProxyName(options.proxy, for: url)
            exchange.proxy = proxy?.description
            exchange.hasProxyCredentials =
                proxy?.hasSentCredentials(onPort: getLong(CURLINFO_PRIMARY_PORT)) == true
        }
        return .success(exchange)
    }

    /// Whether the server ended a connection that had been used before when it was used again, without a byte of an answer.
    ///
    /// The request may then be sent once more on a new connection, if it is idempotent (RFC 9110, section 9.2.2): the
    /// server closed the connection when it was idle, and the two crossed. libcurl does so itself, but no more than five
    /// times for all requests of a handle together, and perhaps on another connection that has ended as well.
    func hasDiedOnReuse(_ code: CURLcode) -> Bool {
        guard [CURLE_GOT_NOTHING, CURLE_SEND_ERROR, CURLE_RECV_ERROR].contains(code), collector.isEmpty,
            timeBefore == nil, transfer?.request.method.isIdempotent == true
        else { return false }
        return getLong(CURLINFO_NUM_CONNECTS) == 0 || String(cString: errorText).hasPrefix("Connection died")
    }

    /// How long the transfer has taken.
    var timeTaken: Duration { getTime(CURLINFO_TOTAL_TIME_T) }

    /// When each phase ended; zero for those that a reused connection does not have.
    ///
    /// What went before a transfer was begun anew counts, the pauses do not.
    private var timings: PhaseTimings {
        let isNewConnection = getLong(CURLINFO_NUM_CONNECTS) > 0
        var timings = PhaseTimings(
            nameLookup: isNewConnection ? getTime(CURLINFO_NAMELOOKUP_TIME_T) : .zero,
            connect: isNewConnection ? getTime(CURLINFO_CONNECT_TIME_T) : .zero,
            tlsHandshake: isNewConnection ? getTime(CURLINFO_APPCONNECT_TIME_T) : .zero,
            firstByte: getTime(CURLINFO_STARTTRANSFER_TIME_T),
            total: timeTaken
        )
        if let timeBefore { timings.shift(by: timeBefore) }
        if pauses != nil { timings.total -= pausedTime }
        return timings
    }

    private func failure(_ code: CURLcode) -> TransferFailure {
        let announcedSize = getOffset(CURLINFO_CONTENT_LENGTH_DOWNLOAD_T)
        let systemError = socketError != 0 ? socketError : CInt(truncatingIfNeeded: getLong(CURLINFO_OS_ERRNO))
        return TransferFailure(
            code: code,
            systemError: systemError,
            canOpenSocket: code != CURLE_COULDNT_RESOLVE_HOST && code != CURLE_COULDNT_RESOLVE_PROXY || canOpenSocket,
            pausedTime: pausedTime,
            text: String(cString: errorText),
            authority: Authority(url: transfer?.request.url ?? ""),
            proxy: ProxyName(options.proxy, for: transfer?.request.url ?? ""),
            phase: TransferFailure.Phase(
                hasAddress: getOffset(CURLINFO_NAMELOOKUP_TIME_T) > 0,
                // libcurl notes the time of the TCP connection only once the handshake is done as well.
                isConnected: getLong(CURLINFO_LOCAL_PORT) > 0,
                isRequestSent: getOffset(CURLINFO_PRETRANSFER_TIME_T) > 0,
                hasAnswer: !collector.isEmpty
            ),
            connectedPort: getLong(CURLINFO_PRIMARY_PORT),
            tunnelStatus: getLong(CURLINFO_HTTP_CONNECTCODE),
            contentEncoding: contentEncoding,
            decodingFault: collector.decodingFault ?? (code == CURLE_OK && collector.breaksOff ? .truncated : nil),
            bodySize: collector.bodySize,
            begunAnswer: begunAnswer,
            announcedSize: announcedSize < 0 ? nil : announcedSize,
            overflow: collector.overflow,
            limits: options.limits,
            connectTimeout: options.connectTimeout,
            timeout: transfer?.request.timeout ?? .zero,
            timings: timings
        )
    }

    /// What has come of an answer whose header section is whole, without the body but for its end.
    private var begunAnswer: HTTPExchange? {
        guard collector.hasHeaderSection else { return nil }
        var answer = HTTPExchange(
            statusCode: getLong(CURLINFO_RESPONSE_CODE),
            reasonPhrase: collector.reasonPhrase,
            headerSection: collector.headerSection,
            bodySize: collector.bodySize
        )
        let end = collector.truncatedEnd
        answer.truncatedEnd = end.isEmpty ? Array(collector.body.suffix(HTTPExchange.longestEnd)) : end
        return answer
    }

    /// What the answer says of its body's coding, as far as a message may show it: names of codings, which are tokens
    /// (RFC 9110, section 8.4.1).
    private var contentEncoding: String? {
        guard let value = collector.contentEncoding else { return nil }
        let codings = value.split { $0 == "," || $0 == " " || $0 == "\t" }
        guard codings.allSatisfy({ Token.isValid(String($0)) }) else { return nil }
        return value.count > 60 ? "\(value.prefix(60))…" : value
    }

    private func getLong(_ info: CURLINFO) -> Int {
        var value = 0
        shim_easy_get_long(easy, info, &value)
        return value
    }

    func getOffset(_ info: CURLINFO) -> Int {
        var value: curl_off_t = 0
        shim_easy_get_offset(easy, info, &value)
        return Int(value)
    }

    private func getTime(_ info: CURLINFO) -> Duration {
        .microseconds(getOffset(info))
    }
}

extension PhaseTimings {
    /// Moves all phases that there were.
    fileprivate mutating func shift(by time: Duration) {
        let phases: [WritableKeyPath<Self, Duration>] = [
            \.nameLookup, \.connect, \.tlsHandshake, \.firstByte, \.total,
        ]
        for phase in phases where self[keyPath: phase] > .zero { self[keyPath: phase] += time }
    }
}
