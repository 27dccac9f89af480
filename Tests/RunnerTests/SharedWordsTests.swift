import Checks
import DHIS2
import Testing

@testable import Runner

/// What `DHIS2` and `Checks` both have a word for has the same word in both.
struct SharedWordsTests {
    @Test func layersAreTheSame() {
        #expect(ResponseOrigin.Layer.allCases.map(\.rawValue) == Layer.allCases.map(\.rawValue))
        for layer in ResponseOrigin.Layer.allCases { #expect(Layer(layer).rawValue == layer.rawValue) }
    }

    @Test func certaintiesAreTheSame() {
        let own = Certainty.allCases.map(\.rawValue)
        #expect(Set(ResponseOrigin.Certainty.allCases.map(\.rawValue)) == Set(own))
        for certainty in ResponseOrigin.Certainty.allCases {
            #expect(Certainty(certainty).rawValue == certainty.rawValue)
        }
    }

    @Test func waysToAddressRoutesAreTheSame() {
        let own = Set(ServerSettings.RouteAddressing.allCases.map(\.rawValue))
        #expect(Set(RouteAddressing.allCases.map(\.rawValue)) == own)
        for way in ServerSettings.RouteAddressing.allCases { #expect(RouteAddressing(way).rawValue == way.rawValue) }
    }
}
