/// The character classes of RFC 9535's grammar.
enum JSONPathLexicon {
    static func isBlank(_ scalar: Unicode.Scalar) -> Bool {
        scalar == " " || scalar == "\t" || scalar == "\n" || scalar == "\r"
    }

    static func isDigit(_ scalar: Unicode.Scalar) -> Bool {
        ("0"..."9").contains(scalar)
    }

    static func isNameFirst(_ scalar: Unicode.Scalar) -> Bool {
        ("a"..."z").contains(scalar) || ("A"..."Z").contains(scalar) || scalar == "_" || scalar.value >= 0x80
    }

    static func isNameRest(_ scalar: Unicode.Scalar) -> Bool {
        isNameFirst(scalar) || isDigit(scalar)
    }

    static func isFunctionNameFirst(_ scalar: Unicode.Scalar) -> Bool {
        ("a"..."z").contains(scalar)
    }

    static func isFunctionNameRest(_ scalar: Unicode.Scalar) -> Bool {
        isFunctionNameFirst(scalar) || scalar == "_" || isDigit(scalar)
    }

    /// Whether a name may follow a dot.
    static func isShorthand(_ name: String) -> Bool {
        guard let first = name.unicodeScalars.first, isNameFirst(first) else { return false }
        return name.unicodeScalars.allSatisfy(isNameRest)
    }
}
