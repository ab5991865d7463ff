/// Actions on uploads; they exist as types only.
package enum SendingFile {}
package enum PickingAvatar {}

/// Whom a file is sent for.
package struct UploadTarget: Sendable {
    let user: User
}

extension Rule where Action == SendingFile, Resource == UploadTarget {
    /// Members for themselves, who are not silenced; staff for others.
    static var sendFile: Self {
        Self { target, principal in
            if principal.isSilenced { return .deny(.silenced) }
            if target.user.id == principal.id { return .allow }
            return principal.can(.changeProfile, target.user) ? .allow : .deny(.forbidden)
        }
    }
}

/// Whose picture is changed, and to which file; without one to the letter.
package struct AvatarChoice: Sendable {
    let user: User
    let upload: Upload?
}

extension Rule where Action == PickingAvatar, Resource == AvatarChoice {
    /// Who may change the profile, with a picture that they or that person sent.
    static var pickAvatar: Self {
        Self { choice, principal in
            guard principal.can(.changeProfile, choice.user) else { return .deny(.forbidden) }
            if principal.isSilenced { return .deny(.silenced) }
            guard let upload = choice.upload else { return .allow }
            let isOwn = upload.userID == principal.id || upload.userID == choice.user.id
            return isOwn || principal.isAdmin ? .allow : .deny(.forbidden)
        }
    }
}
