/// The bounds of keys.
extension Limits {
    /// Values that one parameter of one scope may have.
    static let scopeValuesMax = 100
    package static let apiKeysPerPage = 50
    /// Names that programs give of themselves, and what they want to have back.
    static let userKeyTextMax = 200
    static let oneTimePasswordSeconds = 600.0
    static let deviceSeconds = 600.0
    /// How often a device may ask, in seconds.
    package static let devicePollSeconds = 5
    static let devicesPerMinute = 20
    static let devicesMax = 10_000
    static let deviceAttemptsPerMinute = 10
    static let deviceAttemptsPerHour = 30
    static let siteTextMax = 10_000
    static let colorSchemesMax = 200
    static let colorsMax = 50
}
