import Cryptography
import Postgres

extension Community {
    /// Begins an upload whose content is put at addresses that this server signs.
    ///
    /// - Throws: `.notFound` while direct uploads are off, `.invalid`, `.forbidden`, `.rateLimited`.
    package func announceUpload(
        _ new: UploadAnnouncement,
        isMultipart: Bool,
        by principal: Principal
    ) async throws -> ExternalUpload {
        try requireDirectUploads()
        guard let user = try await user(principal.id) else { throw ForumError.notFound }
        let permitted = try principal.may(.sendFile, UploadTarget(user: user))
        var new = new
        new.filename = Self.filename(new.filename)
        try checkAnnounced(new)
        let begun: ExternalUpload? = try await database.first(
            ExternalUploadQueries.begin(
                permitted,
                new,
                identifier: Random.hex(24),
                external: isMultipart ? Random.hex(24) : nil,
                at: clock()
            )
        )
        guard let begun else {
            throw ForumError(
                .rateLimited,
                "You have begun too many uploads. Complete or abort them first.",
                retryAfterSeconds: 60
            )
        }
        return begun
    }

    /// An upload of the principal's that is on its way.
    ///
    /// - Throws: `.notFound`.
    package func externalUpload(
        _ identifier: String,
        by principal: Principal
    ) async throws -> ExternalUpload {
        try requireDirectUploads()
        let found: ExternalUpload? = try await database.first(
            ExternalUploadQueries.find(identifier, of: principal.id)
        )
        guard let found else { throw ForumError.notFound }
        return found
    }

    /// Where one part (0: the whole) is to be put; good for ten minutes.
    package func signedAddress(of upload: ExternalUpload, part: Int) -> String {
        let until = clock().microseconds / 1_000_000 + Limits.signedAddressSeconds
        let signature = signature(upload.uniqueIdentifier, part, until)
        return "\(baseURL)/uploads/external/\(upload.uniqueIdentifier)/\(part)"
            + "?expires=\(until)&signature=\(signature)"
    }

    private func signature(_ identifier: String, _ part: Int, _ until: Int64) -> String {
        let message = "upload:\(identifier):\(part):\(until)"
        return Hex.encode(HMAC.sha256(key: secrets.csrf, message: Array(message.utf8)))
    }

    /// Takes the content of one part.
    ///
    /// - Returns: The tag of the part.
    /// - Throws: `.notFound` for an address that was not signed or is over, `.tooLarge` for more than
    ///   was announced.
    package func putPart(
        _ part: Int,
        of identifier: String,
        _ bytes: [UInt8],
        expires: Int64,
        signature given: String
    ) async throws -> String {
        let expected = signature(identifier, part, expires)
        guard constantTimeEqual(Array(given.utf8), Array(expected.utf8)),
            expires >= clock().microseconds / 1_000_000,
            let upload: ExternalUpload = try await database.first(
                ExternalUploadQueries.find(signed: identifier)
            )
        else { throw ForumError.notFound }
        let others = try await files.list(upload.folder).filter { $0.name != "\(part)" }
        guard others.reduce(bytes.count, { $0 + $1.size }) <= upload.filesize else {
            throw ForumError(
                .tooLarge,
                "More than the \(upload.filesize) bytes that were announced."
            )
        }
        try await files.write(bytes, to: "\(upload.folder)/\(part)")
        return Hex.encode(Digest.md5(bytes))
    }

    /// Makes an upload of what was put.
    ///
    /// - Parameter parts: In a multipart upload, all of them; otherwise `nil`.
    /// - Throws: `.notFound` when it is complete already, `.invalid` when something is missing or
    ///   other than announced.
    package func completeUpload(
        _ identifier: String,
        parts: [UploadedPart]?,
        by principal: Principal
    ) async throws -> Upload {
        let upload = try await externalUpload(identifier, by: principal)
        let names = try partNumbers(parts, of: upload)
        var content: [UInt8] = []
        for (number, etag) in names {
            let bytes = try await files.read("\(upload.folder)/\(number)")
            guard let bytes, etag == nil || etag == Hex.encode(Digest.md5(bytes)) else {
                throw ForumError(
                    .invalid,
                    number == 0
                        ? "The file has not been put at its address."
                        : "Part \(number) has not been put at its address, or has another ETag.",
                    field: number == 0 ? nil : "parts"
                )
            }
            content += bytes
        }
        guard content.count == upload.filesize,
            upload.sha1.map({ $0 == Hex.encode(Digest.sha1(content)) }) ?? true
        else {
            throw ForumError(.invalid, "The file is not the one that was announced.")
        }
        let taken: String? = try await database.value(ExternalUploadQueries.take(upload))
        guard taken != nil else { throw ForumError.notFound }
        try await removeParts(of: upload.uniqueIdentifier)
        return try await createUpload(
            NewUpload(filename: upload.filename, bytes: content, type: upload.type),
            by: principal
        )
    }

    private func partNumbers(
        _ parts: [UploadedPart]?,
        of upload: ExternalUpload
    ) throws(ForumError) -> [(Int, etag: String?)] {
        guard upload.isMultipart else { return [(0, nil)] }
        guard let parts, !parts.isEmpty, parts.count <= Limits.uploadParts else {
            throw ForumError(.malformed, "parts must name every part.", field: "parts")
        }
        let sorted = parts.sorted { $0.number < $1.number }
        guard Set(sorted.map(\.number)).count == sorted.count else {
            throw ForumError(.malformed, "parts must name each part once.", field: "parts")
        }
        return sorted.map { ($0.number, $0.etag.filter { $0 != "\"" }.lowercased()) }
    }

    /// Gives an upload up.
    ///
    /// - Throws: `.notFound`.
    package func abortUpload(external identifier: String, by principal: Principal) async throws {
        try requireDirectUploads()
        let found: ExternalUpload? = try await database.first(
            ExternalUploadQueries.find(external: identifier, of: principal.id)
        )
        guard let found else { throw ForumError.notFound }
        _ = try await database.query(ExternalUploadQueries.take(found))
        try await removeParts(of: found.uniqueIdentifier)
    }

    /// Forgets uploads that were never completed.
    package func expireExternalUploads() async throws {
        let gone: [String] = try await database.values(
            ExternalUploadQueries.expire(before: clock() - Limits.externalUploadSeconds)
        )
        for identifier in gone { try await removeParts(of: identifier) }
    }

    private func removeParts(of identifier: String) async throws {
        let folder = ExternalUpload.folder(identifier)
        for part in try await files.list(folder) {
            try await files.remove("\(folder)/\(part.name)")
        }
        try await files.removeEmptyFolder(folder)
    }

    private func requireDirectUploads() throws(ForumError) {
        guard settings.current.enableDirectS3Uploads else { throw .notFound }
    }

    private func checkAnnounced(_ new: UploadAnnouncement) throws(ForumError) {
        try checkExtension(
            Self.fileExtension(new.filename),
            mustBePicture: new.type != "composer"
        )
        guard new.filesize > 0 else {
            throw ForumError(.invalid, "file_size must be more than 0.", field: "file_size")
        }
        try checkSize(new.filesize, ofExtension: Self.fileExtension(new.filename))
        if let sha1 = new.sha1 {
            guard sha1.utf8.count == 40, Hex.decode(sha1) != nil else {
                throw ForumError(
                    .invalid,
                    "sha1-checksum must be a SHA-1 in hexadecimal.",
                    field: "metadata"
                )
            }
        }
    }
}
