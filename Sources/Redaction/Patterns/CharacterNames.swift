/// The names that HTML has for characters, without `&` and `;` (HTML 4.01, section 24, and for marks of ASCII the HTML
/// Living Standard, section 13.5).
enum CharacterNames {
    /// The names of a character.
    static func names(of scalar: Unicode.Scalar) -> [String] { names[scalar.value] ?? [] }

    private static let names: [UInt32: [String]] = {
        var names: [UInt32: [String]] = [:]
        for (offset, name) in latin.enumerated() { names[0xA0 + UInt32(offset), default: []].append(name) }
        for (first, list) in blocks {
            for (offset, name) in list.split(separator: " ").enumerated() where name != "-" {
                for synonym in name.split(separator: "|") {
                    names[first + UInt32(offset), default: []].append(String(synonym))
                }
            }
        }
        return names
    }()

    /// Those from U+00A0 on, in the order of their numbers.
    private static let latin = """
        nbsp iexcl cent pound curren yen brvbar sect uml copy ordf laquo not shy reg macr deg plusmn sup2 sup3 acute micro \
        para middot cedil sup1 ordm raquo frac14 frac12 frac34 iquest Agrave Aacute Acirc Atilde Auml Aring AElig Ccedil \
        Egrave Eacute Ecirc Euml Igrave Iacute Icirc Iuml ETH Ntilde Ograve Oacute Ocirc Otilde Ouml times Oslash Ugrave \
        Uacute Ucirc Uuml Yacute THORN szlig agrave aacute acirc atilde auml aring aelig ccedil egrave eacute ecirc euml \
        igrave iacute icirc iuml eth ntilde ograve oacute ocirc otilde ouml divide oslash ugrave uacute ucirc uuml yacute \
        thorn yuml
        """.split(separator: " ").map(String.init)

    /// Others, each block in the order of its numbers; `-` has no name, `|` stands between several.
    private static let blocks: [(UInt32, String)] = [
        (0x09, "Tab NewLine"),
        (0x21, "excl quot num dollar percnt amp apos lpar rpar ast|midast plus comma - period sol"),
        (0x3A, "colon semi lt equals gt quest commat"),
        (0x5B, "lsqb|lbrack bsol rsqb|rbrack Hat lowbar|UnderBar grave|DiacriticalGrave"),
        (0x7B, "lcub|lbrace verbar|vert|VerticalLine rcub|rbrace"),
        (0x152, "OElig oelig"), (0x160, "Scaron scaron"), (0x178, "Yuml"), (0x17D, "Zcaron zcaron"), (0x192, "fnof"),
        (0x10C, "Ccaron ccaron Dcaron dcaron Dstrok dstrok"), (0x106, "Cacute cacute"),
        (0x141, "Lstrok lstrok Nacute nacute"),
        (0x104, "Aogon aogon"), (0x118, "Eogon eogon"), (0x15A, "Sacute sacute"), (0x179, "Zacute zacute Zdot zdot"),
        (0x11E, "Gbreve gbreve"), (0x130, "Idot imath|inodot"), (0x15E, "Scedil scedil"), (0x2C6, "circ"),
        (0x2DC, "tilde"),
        (0x391, "Alpha Beta Gamma Delta Epsilon Zeta Eta Theta Iota Kappa Lambda Mu Nu Xi Omicron Pi Rho"),
        (0x3A3, "Sigma Tau Upsilon Phi Chi Psi Omega"),
        (0x3B1, "alpha beta gamma delta epsilon zeta eta theta iota kappa lambda mu nu xi omicron pi rho sigmaf"),
        (0x3C3, "sigma tau upsilon phi chi psi omega"),
        (0x2013, "ndash mdash"), (0x2018, "lsquo rsquo sbquo - ldquo rdquo bdquo - dagger Dagger bull"),
        (0x2026, "hellip"), (0x2030, "permil"), (0x2039, "lsaquo rsaquo"), (0x20AC, "euro"), (0x2122, "trade"),
    ]
}
