extension TwoWorldTable {
    /// Administrators only: for everybody else there is nothing to compare.
    static let jobs: [TwoWorldLine] = [
        TwoWorldLine("GET /admin/jobs", "/admin/jobs.json"),
        TwoWorldLine("GET /admin/jobs/{id}", "/admin/jobs/job-1.json"),
    ]
}
