import Testing

@testable import DHIS2Simulator

@Suite struct FieldParameterTests {
    @Test(arguments: [
        ("multipart/form-data; boundary=B", "B"), ("multipart/form-data;Boundary=\"a;b\"; x=y", "a;b"),
        ("m/f; boundary=\"a\\\"b\\\\\"", "a\"b\\"), ("m/f; x=\";boundary=C\"; boundary = D ", "D"),
        ("m/f; boundary=", ""), ("m/f; boundary=\"", "\""), ("m/f; boundary", nil), ("m/f", nil), ("", nil),
        ("m/f; boundary=B; boundary=C", "B"), ("boundary=B", nil), ("m/f; =x; boundary==", "="),
    ])
    func findsAParameter(value: String, boundary: String?) {
        #expect(FieldParameters(of: value)["boundary"] == boundary)
    }

    @Test(arguments: [
        ("Text/Plain", "text/plain"), (" a/b ; c=d", "a/b"), ("", ""), (";", ""), ("\"a;b\";c", "\"a;b\""),
    ])
    func tellsTheEssence(value: String, essence: String) {
        #expect(FieldParameters.essence(of: value) == essence)
    }
}
