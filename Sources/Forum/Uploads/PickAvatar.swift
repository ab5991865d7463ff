import Cryptography
import Images
import Postgres

extension Community {
    /// Makes a file somebody's picture; `nil` takes their picture away, and the letter stays.
    ///
    /// - Throws: `.notFound`, `.forbidden`, `.invalid` when the file is no picture.
    package func pickAvatar(
        _ id: UploadID?,
        for username: String,
        by principal: Principal
    ) async throws {
        guard let user = try await user(named: username) else { throw ForumError.notFound }
        // Whoever may not change the profile learns nothing of the file.
        _ = try principal.may(.pickAvatar, AvatarChoice(user: user, upload: nil))
        var upload: Upload?
        if let id {
            upload = try await database.first(UploadQueries.upload(id, for: .member(principal)))
            guard let upload, upload.isImage else {
                throw ForumError(
                    .invalid,
                    "There is no such picture: send it first, with type avatar.",
                    field: "upload_id"
                )
            }
        }
        let permitted = try principal.may(
            .pickAvatar,
            AvatarChoice(user: user, upload: upload)
        )
        _ = try await database.query(UploadQueries.setAvatar(permitted, at: clock()))
        signals.committed(.site)
    }

    /// The picture of a person: their own, or the letter of their name.
    ///
    /// - Parameter id: When given, only that file, as long as it is somebody's picture.
    /// - Returns: A PNG.
    /// - Throws: `.notFound`.
    package func avatar(of username: String, id: UploadID? = nil, size: Int) async throws -> [UInt8]
    {
        let key = UsernameRules.lookupKey(username) ?? ""
        let upload: Upload?
        if let id {
            upload = try await database.first(UploadQueries.avatar(id))
        } else {
            upload = try await database.first(UploadQueries.avatar(of: key))
        }
        guard let upload else { return try await letter(of: username, size: size) }
        let side = Self.avatarSide(size)
        let kept =
            "uploads/default/optimized/1X/\(upload.name.hex.prefix(2))/"
            + "\(upload.name.hex)_\(side)"
        if let bytes = try await files.read(kept) { return bytes }
        let original = try await content(of: upload)
        let made = try await ImageThread.shared.run {
            try SafeImage.square(of: original, size: side)
        }
        try await files.write(made, to: kept)
        return made
    }

    /// A letter on a colour; the colour follows from the name, unless it is given.
    package func letter(
        of username: String,
        colour: String? = nil,
        size: Int
    ) async throws -> [UInt8] {
        let side = Self.avatarSide(size)
        let chosen = colour ?? AvatarColours.of(username)
        guard let bytes = Hex.decode(chosen), bytes.count == 3, let first = username.first else {
            throw ForumError.notFound
        }
        let made = try await ImageThread.shared.run {
            LetterPicture.png(
                letter: first,
                colour: (red: bytes[0], green: bytes[1], blue: bytes[2]),
                size: side
            )
        }
        guard let made else { throw ForumError(.bug, "The picture was not drawn.") }
        return made
    }

    /// The nearest side that is made, so that nobody can ask for a thousand of them.
    private static func avatarSide(_ size: Int) -> Int {
        Limits.avatarSides.first { $0 >= size } ?? Limits.avatarSides[Limits.avatarSides.count - 1]
    }
}

/// The ground that a letter stands on.
package enum AvatarColours {
    private static let colours = [
        "3be4f8", "bc79c9", "d07c76", "71c47a", "96bed1", "b19cd9", "eb9ed2", "a3d4e7", "7993a0",
        "c57346", "5f9b8f", "90ced8", "ee7513", "8edcb5", "e0b2a2", "4a698c", "a8b319", "d6d6ee",
        "7bcc69", "b77776", "58956d", "f1d935", "4bbf92", "6bbea6",
    ]

    /// Always the same for one name, in any case.
    package static func of(_ username: String) -> String {
        let digest = Digest.sha256(UsernameRules.fold(username))
        return colours[Int(digest[0]) % colours.count]
    }
}
