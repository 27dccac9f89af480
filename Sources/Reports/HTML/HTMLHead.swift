import Checks

/// What is around the sections of a page.
enum HTMLHead {
    static func markup(title: String) -> HTML {
        """
        <!DOCTYPE html>
        <html lang="en"><head><meta charset="utf-8">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; \
        script-src 'sha256-\(HTMLScript.digest)'; form-action 'none'; base-uri 'none'">
        <meta name="color-scheme" content="light dark"><meta name="referrer" content="no-referrer">
        <title>\(title)</title>
        <style>\(HTMLStyle.sheet)</style></head><body>

        """
    }

    static func ending(of report: RunReport) -> HTML {
        """
        </main><footer class="wide facts"><p>routecheck \(report.toolVersion)</p></footer>
        <script>\(HTMLScript.source)</script></body></html>

        """
    }
}
