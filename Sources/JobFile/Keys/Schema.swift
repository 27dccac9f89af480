/// What a value of the job file can be, as far as a JSON Schema can say it.
indirect enum Schema: Sendable {
    /// A definition of the whole schema by its name.
    case reference(String)
    /// Any value.
    case anything
    /// Any scalar, taken as the text that was written.
    case text
    case nonEmptyText
    /// Any value but an empty text.
    case nonEmpty
    /// A scalar that is not empty and holds no control characters.
    case plainText
    /// What a header field can carry without spaces.
    case token
    /// A user's name in HTTP Basic, which a colon would end.
    case username
    /// A scalar that has an order.
    case numberOrText
    case boolean
    /// One that ends with `Int.max` has no upper limit.
    case integer(ClosedRange<Int>)
    /// One that ends with infinity has no upper limit.
    case number(ClosedRange<Double>)
    /// A text that an ECMA-262 regular expression finds.
    case pattern(String)
    case choice([String])
    case list(of: Schema, atLeast: Int)
    case map(of: Schema)
    /// A map whose keys are names of variables.
    case named(Schema)
    case nonEmptyNamed(Schema)
    /// A map whose keys are names of header fields.
    case headers(Schema)
    /// The text of a header field.
    case headerText
    /// A map whose keys are JSONPaths.
    case paths(Schema)
    case anyOf([Schema])
    /// A DHIS2 version, also where YAML would read a number.
    case version
    /// A sub-path.
    case path
}
