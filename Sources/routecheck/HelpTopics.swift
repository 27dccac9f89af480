import Arguments

extension HelpTopic {
    /// What the exit status means.
    static let exitStatus = HelpTopic("exit-status", "Exit status.") {
        [
            .terms([
                HelpBlock.Term("0", "Every check passed or was allowed to fail."),
                HelpBlock.Term("1", "A check failed, had an error or did not run."),
                HelpBlock.Term("2", "A job file, or a report to read, is invalid or cannot be read."),
                HelpBlock.Term("3", "A server is unreachable or refuses the credentials."),
                HelpBlock.Term("4", "Nothing to run: no check is selected."),
                HelpBlock.Term("5", "A report or the output could not be written."),
                HelpBlock.Term("64", "Wrong usage."),
                HelpBlock.Term("70", "Internal error."),
                HelpBlock.Term("130, 143", "Interrupted by SIGINT or SIGTERM."),
            ])
        ]
    }

    /// The environment variables that count.
    static let environment = HelpTopic("environment", "Environment variables.") {
        [
            .terms([
                HelpBlock.Term("DHIS2_URL", "The base URL of DHIS2; wins over the job file's."),
                HelpBlock.Term("DHIS2_PAT", "A personal access token; wins over the job file's credentials."),
                HelpBlock.Term("DHIS2_USERNAME, DHIS2_PASSWORD", "A user, instead of a token."),
                HelpBlock.Term(
                    "http_proxy, https_proxy, all_proxy, no_proxy",
                    "The proxy in front of DHIS2, and the hosts that need none."
                ),
                HelpBlock.Term("GITHUB_ACTIONS, GITHUB_STEP_SUMMARY", "Set by GitHub Actions."),
                HelpBlock.Term(
                    "CI_NODE_INDEX, CI_NODE_TOTAL",
                    "The shard for --shard auto, on GitLab; those of other CI systems are known too."
                ),
                HelpBlock.Term("NO_COLOR, CLICOLOR_FORCE", "Whether the console has colours."),
                HelpBlock.Term("COLUMNS", "The width of help pages."),
                HelpBlock.Term("TMPDIR", "The folder for the reports of demo."),
            ])
        ]
    }
}
