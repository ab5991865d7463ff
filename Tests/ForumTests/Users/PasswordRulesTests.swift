import Testing

@testable import Forum

struct PasswordRulesTests {
    private func problems(_ password: String, isStaff: Bool = false) -> [String] {
        PasswordRules.problems(
            password,
            username: "anna_karenina",
            email: "anna@example.com",
            name: "Anna Arkadyevna",
            isStaff: isStaff
        )
    }

    @Test(arguments: [
        ("short", "too short"),
        ("123456789", "too short"),
        ("Anna_Karenina", "username"),
        ("anna arkadyevna", "your name"),
        ("ANNA@example.com", "email"),
        ("aaaaaaaaaaaa", "different characters"),
        ("1212121212121", "different characters"),
        ("1234567890", "most common"),
        ("Qwertyuiop", "most common"),
        ("basketball", "most common"),
        ("manchester", "most common"),
        (String(repeating: "long ", count: 60), "too long"),
    ])
    func `a weak password says why`(password: String, part: String) {
        #expect(problems(password).contains { $0.contains(part) }, "\(problems(password))")
    }

    @Test func `staff needs fifteen characters`() {
        #expect(problems("twelve chars") == [])
        #expect(problems("twelve chars", isStaff: true) != [])
        #expect(problems("fifteen letters", isStaff: true) == [])
    }
}
