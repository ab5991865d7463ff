extension RoutePolicyTests {
    static let doorLines = [Line("GET /openapi", "/openapi.json", [200, 200, 200, 200])]
}
