/// The language of a block of code, as its classes name it.
enum CodeLanguage {
    static func name(_ classes: [String]) -> String? {
        for prefix in ["language-", "lang-"] {
            guard let word = classes.first(where: { $0.hasPrefix(prefix) }) else { continue }
            let name = word.dropFirst(prefix.count)
            let isName = name.utf8.allSatisfy {
                Bytes.isAlphanumeric($0) || "+#-_.".utf8.contains($0)
            }
            if isName, name.utf8.count <= 32, name != "auto", name != "nohighlight" {
                return String(name)
            }
        }
        return nil
    }
}
