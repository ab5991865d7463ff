/// Names with their numbers, in order: `{"mentioned":1,"replied":2}`.
package struct NumberedNames: Sendable, Equatable {
    package let names: [String]
    package let numbers: [Int]

    package init(_ pairs: [(String, Int)]) {
        self.names = pairs.map(\.0)
        self.numbers = pairs.map(\.1)
    }

    package init() {
        self.init([])
    }

    package subscript(name: String) -> Int? {
        names.firstIndex(of: name).map { numbers[$0] }
    }

    package func name(of number: Int) -> String? {
        numbers.firstIndex(of: number).map { names[$0] }
    }
}

extension NumberedNames: Codable {
    package init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: WireKey.self)
        self.init(
            try container.allKeys.map { key in
                (key.stringValue, try container.decode(Int.self, forKey: key))
            }
        )
    }

    package func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: WireKey.self)
        for (name, number) in zip(names, numbers) {
            try container.encode(number, forKey: WireKey(name))
        }
    }
}
