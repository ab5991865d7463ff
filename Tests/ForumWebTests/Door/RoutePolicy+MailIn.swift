/// What is asked for by mail and confirmed by a link.
extension RoutePolicyTests {
    private static let unknownLink = [422, 422, 422, 422]

    static let mailInReading: [Line] = [
        Line("GET /email/confirm/{token}", "/email/confirm/0123", unknownLink)
    ]

    static let mailInWriting: [Line] = [
        Line("POST /email/confirm/{token}", "/email/confirm/0123", unknownLink)
    ]
}
