/// Keys that members give to programs.
extension API {
    package enum UserAPIKeys {
        package static let revoke = Endpoint<UserAPIKeyIDRequest, SuccessReply>(
            .post,
            "/user-api-key/revoke"
        )
        package static let undoRevoke = Endpoint<UserAPIKeyIDRequest, SuccessReply>(
            .post,
            "/user-api-key/undo-revoke"
        )
        package static let startDevice = Endpoint<DeviceRequest, DeviceReply>(
            .post,
            "/user-api-key/device"
        )
        package static let pollDevice = Endpoint<DevicePollRequest, DevicePollReply>(
            .post,
            "/user-api-key/device/poll"
        )

        static let signatures = [
            revoke.signature, undoRevoke.signature, startDevice.signature, pollDevice.signature,
        ]
    }
}
