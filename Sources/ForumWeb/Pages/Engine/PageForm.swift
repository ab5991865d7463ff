import Forum
import ForumAPI

/// A form of a page: its fields, what is in them, and what was wrong with it.
struct PageForm: Sendable {
    struct Button: Sendable {
        let label: String
        /// What it sends besides, when it does something else than the first.
        var name: String?
        var isPlain = false
    }

    var action: String
    var buttons: [Button]
    var inputs: [FormField]
    var hidden: [(name: String, value: String)] = []
    /// What is wrong with the whole.
    var problems: [String] = []
    /// Does something that is not easily undone.
    var isGrave = false

    init(_ action: String, _ button: String, _ inputs: [FormField] = []) {
        self.action = action
        buttons = [Button(label: button)]
        self.inputs = inputs
    }

    /// Where a page has several forms with fields of the same names.
    mutating func setPlace(_ place: String) {
        for index in inputs.indices { inputs[index].place = "\(place)-" }
    }

    /// The same with what was typed; passwords are typed again.
    func filled(from call: Call<WireValue>) throws -> PageForm {
        var form = self
        for index in form.inputs.indices {
            let input = form.inputs[index]
            switch input.kind {
            case .line("password"): continue
            case _ where input.isSnare: continue
            case .flag: form.inputs[index].value = try call.bool(input.name) ? "true" : ""
            default: form.inputs[index].value = try call.text(input.name) ?? ""
            }
        }
        return form
    }

    /// The same with an error beside the field that it is about, or above all of them.
    func refused(_ error: ForumError) -> PageForm {
        var form = self
        if let index = form.inputs.firstIndex(where: { $0.answersTo(error.field) }) {
            form.inputs[index].errors = error.messages
        } else {
            form.problems += error.messages
        }
        return form
    }

    var fields: Fields {
        var isFirst = true
        let buttons = buttons.map { button -> Fields in
            defer { isFirst = false }
            return [
                "label": button.label, "name": button.name,
                "isPlain": button.isPlain || (!isFirst && !isGrave), "isGrave": isGrave,
            ]
        }
        return [
            "action": action,
            "buttons": buttons,
            "inputs": inputs.map(\.fields),
            "hidden": hidden.map { ["name": $0.name, "value": $0.value] as Fields },
            "problems": problems.map { ["text": $0] as Fields },
            "hasProblems": !problems.isEmpty || inputs.contains { !$0.errors.isEmpty },
        ]
    }
}

/// One field with its label.
struct FormField: Sendable {
    enum Kind: Sendable {
        /// One line of an HTML type.
        case line(String)
        case area(rows: Int)
        case choice([(value: String, label: String)])
        case flag
    }

    let name: String
    let label: String
    var kind: Kind
    var value: String
    var hint: String?
    /// What a browser may fill in by itself.
    var autocomplete: String?
    var isRequired: Bool
    /// Not for people: programs that fill in everything are told by it.
    var isSnare = false
    var errors: [String] = []
    /// Names under which errors speak of it.
    var aliases: [String] = []
    /// Tells it from a field of the same name in another form of the page.
    var place = ""

    init(
        _ name: String,
        _ label: String,
        _ kind: Kind = .line("text"),
        value: String = "",
        hint: String? = nil,
        autocomplete: String? = nil,
        isRequired: Bool = false,
        aliases: [String] = []
    ) {
        self.name = name
        self.label = label
        self.kind = kind
        self.value = value
        self.hint = hint
        self.autocomplete = autocomplete
        self.isRequired = isRequired
        self.aliases = aliases
    }

    func answersTo(_ field: String?) -> Bool {
        guard let field else { return false }
        return field == name || aliases.contains(field)
    }

    var fields: Fields {
        let id =
            "field-\(place)\(name.map { $0.isLetter || $0.isNumber ? String($0) : "-" }.joined())"
        var described: [String] = []
        if hint != nil { described.append("\(id)-hint") }
        if !errors.isEmpty { described.append("\(id)-error") }
        var fields: Fields = [
            "name": name, "label": label, "value": value, "hint": hint, "id": id,
            "autocomplete": autocomplete, "isRequired": isRequired, "isSnare": isSnare,
            "described": described.isEmpty ? nil : described.joined(separator: " "),
            "errors": errors.isEmpty ? nil : errors.joined(separator: " "),
        ]
        switch kind {
        case .line(let type): fields["line"] = ["type": type] as Fields
        case .area(let rows): fields["area"] = ["rows": rows] as Fields
        case .flag: fields["flag"] = ["isChecked": value == "true"] as Fields
        case .choice(let choices):
            let options = choices.map { choice -> Fields in
                [
                    "value": choice.value, "label": choice.label,
                    "isChosen": choice.value == value,
                ]
            }
            fields["choice"] = ["options": options] as Fields
        }
        return fields
    }
}
