import Forum
import ForumAPI

/// The path of somebody's picture; clients put the size in pixels for `{size}`.
enum AvatarTemplate {
    /// Whatever picture they have at the moment.
    static func make(_ username: String) -> String {
        "/letter_avatar/\(username.lowercased())/{size}/1.png"
    }

    /// The picture that they have sent, or the letter of their name.
    static func make(_ username: String, upload: UploadID?, host: String) -> String {
        guard let upload else { return make(username) }
        return "/user_avatar/\(host)/\(username.lowercased())/{size}/\(upload)_2.png"
    }

    /// The letter on its colour, also of those who have sent a picture.
    static func letter(_ username: String) -> String {
        let letter = username.prefix(1).lowercased()
        return "/letter_avatar_proxy/v4/letter/\(percentEncoded(letter))"
            + "/\(AvatarColours.of(username))/{size}.png"
    }
}
