/// The forms of a text that counts (CLDR's plural categories).
enum PluralForm: String, Sendable {
    case zero, one, two, few, many, other

    /// The form that a language has for a whole number; those without a rule here count as English
    /// does.
    init(of number: Int, in locale: String) {
        let language = locale.prefix { $0 != "_" && $0 != "-" }.lowercased()
        let last = number % 10
        let lastTwo = number % 100
        let isTeen = (11...14).contains(lastTwo)
        switch language {
        case "ja", "zh", "ko", "vi", "th", "id", "ms": self = .other
        case "fr", "pt": self = number <= 1 ? .one : .other
        case "cs", "sk": self = number == 1 ? .one : (2...4).contains(number) ? .few : .other
        case "pl":
            self = number == 1 ? .one : (2...4).contains(last) && !isTeen ? .few : .many
        case "ru", "uk", "be":
            self =
                last == 1 && lastTwo != 11
                ? .one : (2...4).contains(last) && !isTeen ? .few : .many
        case "hr", "sr", "bs":
            self =
                last == 1 && lastTwo != 11
                ? .one : (2...4).contains(last) && !isTeen ? .few : .other
        case "ar":
            switch number {
            case 0: self = .zero
            case 1: self = .one
            case 2: self = .two
            default:
                self =
                    (3...10).contains(lastTwo) ? .few : lastTwo >= 11 ? .many : .other
            }
        case "he": self = number == 1 ? .one : number == 2 ? .two : .other
        default: self = number == 1 ? .one : .other
        }
    }
}
