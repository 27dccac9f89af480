import Arguments

extension HelpTopic {
    /// What the exit status means.
    static let exitStatus = HelpTopic("exit-status", "Exit status.") {
        [
            .terms(
                ExitStatus.meanings.map { codes, meaning in
                    HelpBlock.Term(codes.map { "\($0.code)" }.joined(separator: ", "), meaning)
                }
            )
        ]
    }

    /// The environment variables that count.
    static let environment = HelpTopic("environment", "Environment variables.") {
        [
            .terms([
                HelpBlock.Term("DHIS2_URL", "The base URL of DHIS2, for job files that name none."),
                HelpBlock.Term(
                    "DHIS2_PAT",
                    """
                    A personal access token for DHIS2_URL, and for job files that name neither a URL nor credentials. \
                    Without DHIS2_URL it is for the one server that all job files name.
                    """
                ),
                HelpBlock.Term("DHIS2_USERNAME, DHIS2_PASSWORD", "A user, instead of a token, for the same servers."),
                HelpBlock.Term(
                    "https_proxy, http_proxy, all_proxy, no_proxy",
                    """
                    The proxy in front of DHIS2, and the hosts that need none. All but http_proxy also in capital \
                    letters.
                    """
                ),
                HelpBlock.Term(
                    "GITHUB_ACTIONS, GITHUB_WORKSPACE, GITHUB_STEP_SUMMARY",
                    "Turn on annotations; the folder their paths are relative to; the file for --github-summary."
                ),
                HelpBlock.Term(
                    "CI_NODE_INDEX, CI_NODE_TOTAL",
                    "The shard for --shard auto, on GitLab. The variables of other CI systems work too."
                ),
                HelpBlock.Term("JOB_COMPLETION_INDEX", "The shard for --shard auto, in a Kubernetes Indexed Job."),
                HelpBlock.Term("NO_COLOR, CLICOLOR_FORCE", "Turn colours off or on."),
                HelpBlock.Term("TERM", "A terminal called dumb gets no colours and no progress line."),
                HelpBlock.Term("LC_ALL, LC_CTYPE, LANG", "With UTF-8, marks such as ✓ are used."),
                HelpBlock.Term("COLUMNS", "The width of help pages."),
                HelpBlock.Term("SHELL", "The shell that completions are for, unless it is named."),
                HelpBlock.Term("TMPDIR", "The folder for the reports of demo."),
            ])
        ]
    }
}
