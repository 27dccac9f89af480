import Checks

/// What is around the sections of a page.
enum HTMLHead {
    /// The page's style sheet: light and dark, wide and narrow, on screen and on paper.
    private static let style = HTML(embedded: PackageResources.page_css)

    /// The one script of the page: it makes the table of checks sort and filter.
    private static let script = HTML(embedded: PackageResources.page_js)

    /// The Base64 of the script's SHA-256, by which the page's policy knows it; CI compares them.
    static let scriptDigest: HTML = "9f3ZQDXllwNSK27VBnxlnVvBpzPXWgn1ITtMZFfT3dI="

    static func markup(title: String) -> HTML {
        """
        <!DOCTYPE html>
        <html lang="en"><head><meta charset="utf-8">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; \
        script-src 'sha256-\(scriptDigest)'; form-action 'none'; base-uri 'none'">
        <meta name="color-scheme" content="light dark"><meta name="referrer" content="no-referrer">
        <title>\(title)</title>
        <style>\(style)</style></head><body>

        """
    }

    static func ending(of report: RunReport) -> HTML {
        """
        </main><footer class="wide facts"><p>routecheck \(report.toolVersion)</p></footer>
        <script>\(script)</script></body></html>

        """
    }
}
