/// A person's own account.
extension API {
    package enum Accounts {
        package static let update = Endpoint<UpdateUserRequest, UpdateUserReply>(
            .put,
            "/u/{username}"
        )
        package static let emails = Endpoint<NoBody, UserEmailsReply>(
            .get,
            "/u/{username}/emails"
        )
        package static let changeEmail = Endpoint<EmailRequest, NoReply>(
            .put,
            "/u/{username}/preferences/email"
        )
        /// An address beside the primary one.
        package static let addEmail = Endpoint<EmailRequest, SuccessReply>(
            .post,
            "/u/{username}/preferences/email"
        )
        package static let removeEmail = Endpoint<EmailRequest, SuccessReply>(
            .delete,
            "/u/{username}/preferences/email"
        )
        package static let setPrimaryEmail = Endpoint<EmailRequest, SuccessReply>(
            .put,
            "/u/{username}/preferences/primary-email"
        )
        package static let changeUsername = Endpoint<UsernameRequest, UsernameReply>(
            .put,
            "/u/{username}/preferences/username"
        )
        package static let delete = Endpoint<NoBody, SuccessReply>(.delete, "/u/{username}")
        /// What was written stays, under a name that says nothing.
        package static let erase = Endpoint<NoBody, AnonymizeReply>(
            .put,
            "/u/{username}/anonymize",
            summary: "Make one's own account nobody's"
        )
        package static let revokeToken = Endpoint<RevokeTokenRequest, SuccessReply>(
            .post,
            "/u/{username}/preferences/revoke-auth-token"
        )
        package static let setRelation = Endpoint<RelationRequest, SuccessReply>(
            .put,
            "/u/{username}/notification_level"
        )
        package static let setStatus = Endpoint<StatusRequest, SuccessReply>(.put, "/user-status")
        package static let clearStatus = Endpoint<NoBody, SuccessReply>(.delete, "/user-status")
        package static let status = Endpoint<NoBody, UserStatusBody>(.get, "/user-status")
        package static let rest = Endpoint<RestRequest, RestReply>(.post, "/do-not-disturb")
        package static let endRest = Endpoint<NoBody, SuccessReply>(.delete, "/do-not-disturb")

        package static let forgotPassword = Endpoint<ForgotPasswordRequest, ForgotPasswordReply>(
            .post,
            "/session/forgot_password"
        )
        package static let resetPassword = Endpoint<ResetPasswordRequest, AccountReply>(
            .put,
            "/users/password-reset/{token}"
        )
        package static let resendActivation = Endpoint<ResendActivationRequest, NoReply>(
            .post,
            "/u/action/send_activation_email"
        )
        package static let changeActivationEmail = Endpoint<ActivationEmailRequest, SuccessReply>(
            .put,
            "/u/update-activation-email"
        )
        package static let activate = Endpoint<NoBody, AccountReply>(
            .put,
            "/u/activate-account/{token}"
        )
        package static let confirmEmail = Endpoint<ConfirmEmailRequest, SecondFactorReply>(
            .put,
            "/u/confirm-new-email/{token}"
        )

        package static let featureTopic = Endpoint<FeatureTopicRequest, SuccessReply>(
            .put,
            "/u/{username}/feature-topic"
        )
        package static let clearFeaturedTopic = Endpoint<NoBody, SuccessReply>(
            .put,
            "/u/{username}/clear-featured-topic"
        )
        /// What another site says of somebody, made true here.
        package static let syncConnect = Endpoint<SyncConnectRequest, UserBody>(
            .post,
            "/admin/users/sync_sso"
        )

        static let signatures = [
            featureTopic.signature, clearFeaturedTopic.signature, syncConnect.signature,
            update.signature, emails.signature, changeEmail.signature,
            addEmail.signature,
            removeEmail.signature, setPrimaryEmail.signature, changeUsername.signature,
            delete.signature, erase.signature, revokeToken.signature, setRelation.signature,
            setStatus.signature,
            clearStatus.signature, status.signature, rest.signature, endRest.signature,
            forgotPassword.signature, resetPassword.signature, resendActivation.signature,
            changeActivationEmail.signature, activate.signature, confirmEmail.signature,
        ]
    }

    /// Finding people, and what they did.
    package enum People {
        package static let byExternalID = Endpoint<NoBody, UserReply>(
            .get,
            "/u/by-external/{external_id}"
        )
        package static let byProvider = Endpoint<NoBody, UserReply>(
            .get,
            "/u/by-external/{provider}/{external_id}"
        )
        package static let directory = Endpoint<DirectoryRequest, DirectoryReply>(
            .get,
            "/directory_items"
        )
        package static let actions = Endpoint<UserActionsRequest, UserActionsReply>(
            .get,
            "/user_actions"
        )
        package static let checkUsername = Endpoint<CheckUsernameRequest, CheckUsernameReply>(
            .get,
            "/u/check_username"
        )
        package static let checkEmail = Endpoint<CheckEmailRequest, CheckEmailReply>(
            .get,
            "/u/check_email"
        )
        package static let localNames = Endpoint<LocalNamesRequest, LocalNamesReply>(
            .get,
            "/u/is_local_username"
        )
        package static let search = Endpoint<UserSearchRequest, UserSearchReply>(
            .get,
            "/u/search/users"
        )
        package static let summary = Endpoint<NoBody, UserSummaryReply>(
            .get,
            "/u/{username}/summary"
        )
        package static let card = Endpoint<NoBody, UserReply>(.get, "/u/{username}/card")
        package static let cards = Endpoint<UserCardsRequest, UserCardsReply>(.get, "/user-cards")
        package static let snare = Endpoint<NoBody, SnareReply>(.get, "/session/hp")

        static let signatures = [
            byExternalID.signature, byProvider.signature, directory.signature, actions.signature,
            checkUsername.signature, checkEmail.signature, localNames.signature, search.signature,
            summary.signature, card.signature, cards.signature, snare.signature,
        ]
    }
}
