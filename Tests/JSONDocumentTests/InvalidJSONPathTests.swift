import JSONDocument
import Testing

/// Queries that RFC 9535 refuses: section 2's grammar, and the rules on well-typedness of section 2.4.3.
@Suite struct InvalidJSONPathTests {
    struct Row: Sendable, CustomTestStringConvertible {
        let query: String
        let offset: Int
        let message: String

        init(_ query: String, _ offset: Int, _ message: String) {
            self.query = query
            self.offset = offset
            self.message = message
        }

        var testDescription: String { query }
    }

    static let segments: [Row] = [
        Row("", 0, #"A query starts with "$", found the end of the query."#),
        Row(" $", 0, "A query must not start with a space."),
        Row("$ ", 1, "A query must not end with a space."),
        Row("a", 0, #"A query starts with "$", found "a"."#),
        Row("@", 0, #"A query starts with "$", found "@"."#),
        Row("$a", 1, #"Expected ".", ".." or "[", found "a"."#),
        Row("$.", 2, #"Expected a name or "*" after ".", found the end of the query."#),
        Row("$..", 3, #"Expected a name, "*" or "[" after "..", found the end of the query."#),
        Row("$...a", 3, #"Expected a name, "*" or "[" after "..", found "."."#),
        Row("$. a", 2, #"Expected a name or "*" after ".", found " "."#),
        Row("$.. a", 3, #"Expected a name, "*" or "[" after "..", found " "."#),
        Row("$.1a", 2, #"Expected a name or "*" after ".", found "1"."#),
        Row(
            "$.a-b",
            3,
            #""-" cannot be part of a name after a dot. Write the name in brackets, as in ['content-type']."#
        ),
        Row("$.&", 2, #"Expected a name or "*" after ".", found "&"."#),
        Row("$.'a'", 2, #"Expected a name or "*" after ".", found "'"."#),
        Row("$.a]", 3, #"Expected ".", ".." or "[", found "]"."#),
        Row("$.a.", 4, #"Expected a name or "*" after ".", found the end of the query."#),
        Row("$.a b", 3, #"Expected ".", ".." or "[", found " "."#),
        Row("$..*.", 5, #"Expected a name or "*" after ".", found the end of the query."#),
    ]

    static let selectors: [Row] = [
        Row("$.[0]", 2, #"Expected a name or "*" after ".", found "["."#),
        Row("$[", 1, #"The bracket that opens here is not closed. Add "]"."#),
        Row("$[]", 2, #"Expected a selector: a name in quotes, an index, a slice, "*" or "?", found "]"."#),
        Row("$[ ]", 3, #"Expected a selector: a name in quotes, an index, a slice, "*" or "?", found "]"."#),
        Row("$[a]", 2, "A name in brackets must be in quotes."),
        Row("$[0", 1, #"The bracket that opens here is not closed. Add "]"."#),
        Row("$[0 1]", 4, #"Expected "," or "]" after the selector, found "1"."#),
        Row("$[0,]", 4, #"Expected a selector: a name in quotes, an index, a slice, "*" or "?", found "]"."#),
        Row("$[,0]", 2, #"Expected a selector: a name in quotes, an index, a slice, "*" or "?", found ","."#),
        Row("$[0,,1]", 4, #"Expected a selector: a name in quotes, an index, a slice, "*" or "?", found ","."#),
        Row("$[00]", 2, "An integer must not start with a zero that other digits follow."),
        Row("$[01]", 2, "An integer must not start with a zero that other digits follow."),
        Row("$[-0]", 2, #""-0" is not an index. Write 0."#),
        Row("$[-]", 3, #"Expected a digit after "-", found "]"."#),
        Row("$[-01]", 2, "An integer must not start with a zero that other digits follow."),
        Row("$[- 1]", 3, #"Expected a digit after "-", found " "."#),
        Row("$[+1]", 2, #"Expected a selector: a name in quotes, an index, a slice, "*" or "?", found "+"."#),
        Row("$[1.0]", 3, #"Expected "," or "]" after the selector, found "."."#),
        Row("$[1e2]", 3, #"Expected "," or "]" after the selector, found "e"."#),
        Row("$[9007199254740992]", 2, "An integer must lie between -(2^53)+1 and 2^53-1."),
        Row("$[-9007199254740992]", 2, "An integer must lie between -(2^53)+1 and 2^53-1."),
        Row("$[99999999999999999999]", 2, "An integer must lie between -(2^53)+1 and 2^53-1."),
        Row("$[1:2:3:4]", 7, #"Expected "," or "]" after the selector, found ":"."#),
        Row("$[:9007199254740992]", 3, "An integer must lie between -(2^53)+1 and 2^53-1."),
        Row("$[1:2:01]", 6, "An integer must not start with a zero that other digits follow."),
        Row("$[1:-0]", 4, #""-0" is not an index. Write 0."#),
        Row("$['a", 2, "The string that starts here is not closed."),
        Row(#"$["a"#, 2, "The string that starts here is not closed."),
        Row(#"$['a"]"#, 2, "The string that starts here is not closed."),
        Row(#"$["\'"]"#, 3, #"There is no escape "\'" in this kind of string."#),
        Row(#"$['\"']"#, 3, #"There is no escape "\"" in this kind of string."#),
        Row(#"$['\x']"#, 3, #"There is no escape "\x" in this kind of string."#),
        Row(#"$['\u12']"#, 3, #""\u" must be followed by four hexadecimal digits."#),
        Row(#"$['\uD800']"#, 3, "This escape is half of a surrogate pair; its other half is missing."),
        Row(#"$['\uD800\u0041']"#, 3, "This escape is half of a surrogate pair; its other half is missing."),
        Row(#"$['\uDC00']"#, 3, "This escape is half of a surrogate pair; its other half is missing."),
        Row(#"$['\u{41}']"#, 3, #""\u" must be followed by four hexadecimal digits."#),
        Row(#"$['a\"#, 4, "The query ends within an escape."),
        Row("$['a\tb']", 4, "A control character must be escaped in a string."),
        Row("$['a' 'b']", 6, #"Expected "," or "]" after the selector, found "'"."#),
        Row("$[*", 1, #"The bracket that opens here is not closed. Add "]"."#),
        Row("$[**]", 3, #"Expected "," or "]" after the selector, found "*"."#),
        Row("$.a[", 3, #"The bracket that opens here is not closed. Add "]"."#),
        Row("$['a'].", 7, #"Expected a name or "*" after ".", found the end of the query."#),
    ]

    static let filters: [Row] = [
        Row("$[?]", 3, #"Expected a path, a literal or a function, found "]"."#),
        Row("$[?@.a", 1, #"The bracket that opens here is not closed. Add "]"."#),
        Row("$[?@.a==]", 8, #"Expected a path, a literal or a function, found "]"."#),
        Row("$[?@.a==1", 1, #"The bracket that opens here is not closed. Add "]"."#),
        Row("$[?@.a=1]", 6, #"Equality is written "=="."#),
        Row("$[?@.a===1]", 8, #"Expected a path, a literal or a function, found "="."#),
        Row("$[?@.a<>1]", 7, #"Expected a path, a literal or a function, found ">"."#),
        Row("$[?1]", 3, "A literal is no condition. Compare it with something."),
        Row("$[?true]", 3, "A literal is no condition. Compare it with something."),
        Row("$[?'a']", 3, "A literal is no condition. Compare it with something."),
        Row("$[?(@.a]", 7, #"Expected an operator or ")", found "]"."#),
        Row("$[?(@.a))]", 8, #"Expected an operator, "," or "]" after the filter, found ")"."#),
        Row("$[?()]", 4, #"Expected a path, a literal or a function, found ")"."#),
        Row("$[?!]", 4, #"Expected a path, a literal or a function, found "]"."#),
        Row("$[?!1]", 4, "A literal is no condition. Compare it with something."),
        Row("$[?!@.a==1]", 4, "To negate a comparison, put it in parentheses."),
        Row("$[?!(@.a)==1]", 9, #"Equality is written "=="."#),
        Row("$[?@.a &&]", 9, #"Expected a path, a literal or a function, found "]"."#),
        Row("$[?@.a & @.b]", 7, #""And" is written "&&"."#),
        Row("$[?@.a || ]", 10, #"Expected a path, a literal or a function, found "]"."#),
        Row("$[?@.a | @.b]", 7, #""Or" is written "||"."#),
        Row("$[?&& @.a]", 3, #"Expected a path, a literal or a function, found "&"."#),
        Row("$[?@.a && 1]", 10, "A literal is no condition. Compare it with something."),
        Row("$[?@.a and @.b]", 7, #"Expected an operator, "," or "]" after the filter, found "a"."#),
        Row("$[?@.*==1]", 3, "A path in a comparison must select one node at most: only names and indices may follow."),
        Row(
            "$[?@..a==1]",
            3,
            "A path in a comparison must select one node at most: only names and indices may follow."
        ),
        Row(
            "$[?@[0,1]==1]",
            3,
            "A path in a comparison must select one node at most: only names and indices may follow."
        ),
        Row(
            "$[?@[0:1]==1]",
            3,
            "A path in a comparison must select one node at most: only names and indices may follow."
        ),
        Row("$[?1==@.*]", 6, "A path in a comparison must select one node at most: only names and indices may follow."),
        Row("$[?@[ 0 ]==1]", 3, "A path in a comparison must not have spaces inside its brackets."),
        Row("$[?@['a' ]==1]", 3, "A path in a comparison must not have spaces inside its brackets."),
        Row("$[?@.a==01]", 8, #""01" is not a JSON number."#),
        Row("$[?@.a==1.]", 8, #""1." is not a JSON number."#),
        Row("$[?@.a==.5]", 8, #"Expected a path, a literal or a function, found "."."#),
        Row("$[?@.a==+1]", 8, #"Expected a path, a literal or a function, found "+"."#),
        Row("$[?@.a==1e]", 8, #""1e" is not a JSON number."#),
        Row("$[?@.a==-]", 8, #""-" is not a JSON number."#),
        Row("$[?@.a==TRUE]", 8, #""TRUE" is not a literal. A member is written @.TRUE, text in quotes."#),
        Row("$[?@.a==True]", 8, #""True" is not a literal. A member is written @.True, text in quotes."#),
        Row("$[?@.a==name]", 8, #""name" is not a literal. A member is written @.name, text in quotes."#),
        Row("$[?@.a==nul]", 8, #""nul" is not a literal. A member is written @.nul, text in quotes."#),
        Row("$[?@.a==[1]]", 8, #"Expected a path, a literal or a function, found "["."#),
        Row("$[?@.a=={}]", 8, #"Expected a path, a literal or a function, found "{"."#),
        Row("$[?@.a=~'x']", 6, #"Equality is written "=="."#),
        Row("$[?@.a in 'x']", 7, #"Expected an operator, "," or "]" after the filter, found "i"."#),
        Row("$[?@.a==length]", 8, "length is a function: its parenthesis must follow at once."),
        Row("$[?@.a 1]", 7, #"Expected an operator, "," or "]" after the filter, found "1"."#),
    ]

    static let functions: [Row] = [
        Row("$[?length(@.a)]", 3, "length() is no condition. Compare its result with something."),
        Row("$[?count(@.a)]", 3, "count() is no condition. Compare its result with something."),
        Row("$[?value(@.a)]", 3, "value() is no condition. Compare its result with something."),
        Row("$[?length(@.*)==1]", 10, "length() takes a value: its path may select one node at most."),
        Row("$[?length(@..a)==1]", 10, "length() takes a value: its path may select one node at most."),
        Row("$[?length()==1]", 3, "length() takes one argument, not 0."),
        Row("$[?length(@,@)==1]", 3, "length() takes one argument, not 2."),
        Row("$[?length(@", 9, #"The parenthesis that opens here is not closed. Add ")"."#),
        Row("$[?length (@)==1]", 3, "length is a function: its parenthesis must follow at once."),
        Row("$[?length(@[ 0 ])==1]", 10, "A path given to length() must not have spaces inside its brackets."),
        Row("$[?count(1)==1]", 9, "count() takes a path."),
        Row("$[?count('a')==1]", 9, "count() takes a path."),
        Row("$[?count(true)==1]", 9, "count() takes a path."),
        Row("$[?count()==1]", 3, "count() takes one argument, not 0."),
        Row("$[?count(length(@))==1]", 9, "count() takes a path."),
        Row("$[?value('a')==1]", 9, "value() takes a path."),
        Row("$[?match(@.a)]", 3, "match() takes two arguments, not 1."),
        Row("$[?match(@.a,'a','b')]", 3, "match() takes two arguments, not 3."),
        Row("$[?match(@.a,'a')==true]", 3, "match() is true or false by itself and cannot be compared."),
        Row("$[?true==search(@.a,'a')]", 9, "search() is true or false by itself and cannot be compared."),
        Row("$[?match(@.*,'a')]", 9, "match() takes a value: its path may select one node at most."),
        Row("$[?match(@.a,@.*)]", 13, "match() takes a value: its path may select one node at most."),
        Row("$[?length(match(@.a,'a'))==1]", 10, "length() takes a value, not the condition match()."),
        Row("$[?match(@.a 'a')]", 13, #"Expected "," or ")" after the argument, found "'"."#),
        Row("$[?count(!@.a)==1]", 9, "count() takes no conditions as arguments."),
        Row("$[?count((@.a))==1]", 9, "count() takes no conditions as arguments."),
        Row("$[?count(@.a==1)==1]", 12, #"Expected "," or ")" after the argument, found "="."#),
        Row("$[?count(@.a && @.b)==1]", 13, #"Expected "," or ")" after the argument, found "&"."#),
        Row("$[?size(@.a)==1]", 3, "There is no function size(). There are length, count, match, search and value."),
        Row("$[?Length(@.a)==1]", 3, #""Length" is not a literal. A member is written @.Length, text in quotes."#),
    ]

    @Test(arguments: segments + selectors + filters + functions)
    func isRefusedWithItsPlaceAndReason(_ row: Row) {
        let error = #expect(throws: JSONPathError.self) { try JSONPath(row.query) }
        #expect(error?.message == row.message)
        #expect(error?.offset == row.offset)
    }

    @Test func countsThePlaceInScalars() {
        let error = #expect(throws: JSONPathError.self) { try JSONPath("$['😀é'] x") }
        #expect(error?.offset == 7)
        #expect(error?.description == "character 8: Expected \".\", \"..\" or \"[\", found \" \".")
    }

    @Test func boundsTheNestingOfQueries() throws {
        let deepest = String(repeating: "(", count: 98) + "@" + String(repeating: ")", count: 98)
        #expect(try JSONPath("$[?\(deepest)]").isSingular == false)
        let error = #expect(throws: JSONPathError.self) { try JSONPath("$[?(\(deepest))]") }
        #expect(error?.message == "The query is nested over 100 deep.")
        #expect(error?.offset == 103)
        let filters = String(repeating: "$[?", count: 100_000)
        #expect(throws: JSONPathError.self) { try JSONPath(filters) }
    }
}
