import Testing

@testable import Forum

struct PasswordHasherTests {
    private let hasher = PasswordHasher(strength: .fastForTests)

    @Test func `the right password matches and a wrong one does not`() async throws {
        let hash = try await hasher.hash("open sesame 9")
        #expect(hash.hasPrefix("$scrypt$"))
        #expect(try await hasher.verify("open sesame 9", against: hash).matches)
        #expect(try await !hasher.verify("open sesame 8", against: hash).matches)
    }

    @Test func `two hashes of one password differ`() async throws {
        #expect(try await hasher.hash("open sesame 9") != hasher.hash("open sesame 9"))
    }

    @Test func `no hash, a broken hash and a password too long never match`() async throws {
        #expect(try await !hasher.verify("", against: nil).matches)
        #expect(try await !hasher.verify("x", against: "$2y$10$abc").matches)
        #expect(try await !hasher.verify("x", against: "").matches)
        let long = String(repeating: "x", count: 2000)
        #expect(try await !hasher.verify(long, against: hasher.hash("open sesame 9")).matches)
        await #expect(throws: ForumError.self) { try await hasher.hash(long) }
    }

    @Test func `a hash of another strength asks to be made anew`() async throws {
        let cheap = try await hasher.hash("open sesame 9")
        let answer = try await PasswordHasher(strength: .standard).verify(
            "open sesame 9",
            against: cheap
        )
        #expect(answer.matches)
        #expect(answer.needsRehash)
        #expect(try await !hasher.verify("open sesame 9", against: cheap).needsRehash)
    }

    @Test func `a crowd is served up to the length of the queue and then refused`() async throws {
        let slow = PasswordHasher(strength: .standard)
        let crowd = Limits.passwordHashesAtOnce + Limits.passwordHashQueue + 20
        // A password too long is refused by the work itself, so the queue empties at once; what is
        // counted is that nobody is forgotten.
        let answers = await withTaskGroup(of: Bool.self) { group in
            for _ in 0..<crowd {
                group.addTask {
                    do throws(ForumError) {
                        return try await !slow.verify(
                            String(repeating: "x", count: 2000),
                            against: nil
                        ).matches
                    } catch {
                        return error.code == .unavailable && error.retryAfterSeconds != nil
                    }
                }
            }
            return await group.reduce(into: []) { $0.append($1) }
        }
        #expect(answers.count == crowd)
        #expect(answers.allSatisfy { $0 })
    }
}
