import JSONDocument
import Testing

@Suite struct JSONPathTests {
    @Test func selectsAMember() throws {
        let nodes = try JSONPath("$.a[?@.b > 1].b").nodes(in: ["a": [["b": 1], ["b": 2]]])
        #expect(nodes.map(\.value) == [2])
        #expect(nodes.map(\.path.description) == ["$['a'][1]['b']"])
    }
}
