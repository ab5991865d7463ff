/// The path of somebody's picture; clients put the size in pixels for `{size}`.
enum AvatarTemplate {
    static func make(_ username: String) -> String {
        "/letter_avatar/\(username.lowercased())/{size}/1.png"
    }
}
