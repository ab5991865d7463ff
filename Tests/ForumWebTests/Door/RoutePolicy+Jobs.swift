/// What is queued and what has failed.
extension RoutePolicyTests {
    static let jobLines: [Line] = [
        Line("GET /admin/jobs", "/admin/jobs.json", onlyAdmins),
        Line("GET /admin/jobs/{id}", "/admin/jobs/job-999.json", noJob),
        Line("PUT /admin/jobs/{id}/retry", "/admin/jobs/event-999/retry.json", noJob),
        Line("DELETE /admin/jobs/{id}", "/admin/jobs/nothing.json", noJob),
    ]

    private static let onlyAdmins = [404, 404, 404, 200]
    private static let noJob = [404, 404, 404, 404]
}
