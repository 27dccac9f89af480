import DHIS2Behaviour
internal import Text

/// Where runs of one code are sent.
///
/// A class, so that a run takes it out of the cache for the price of one reference count.
final class RouteTarget: Sendable {
    /// How the target came about.
    enum Standing {
        /// The list shows the route.
        case listed(Route)
        /// The list does not show it; DHIS2 may know it by code all the same.
        case unlisted
        /// The list was not asked.
        case assumed
    }

    let code: String
    let standing: Standing
    let reference: RouteReference
    /// The address of the run, without a sub-path; `nil` for a code that a URL cannot hold.
    let runURL: String?

    init(code: String, standing: Standing, addressing: RouteAddressing, apiURL: String) {
        self.code = code
        self.standing = standing
        if case .listed(let route) = standing, addressing == .uid || !RouteCodeRules.isAddressable(code) {
            reference = .uid(route.id)
        } else {
            reference = .code(code)
        }
        if case .code = reference, !RouteCodeRules.isAddressable(code) {
            runURL = nil
        } else {
            var url = apiURL + "routes/"
            url.appendPercentEncoded(reference.description, keeping: .plainInPath)
            runURL = url + "/run"
        }
    }

    var route: Route? {
        if case .listed(let route) = standing { route } else { nil }
    }
}
