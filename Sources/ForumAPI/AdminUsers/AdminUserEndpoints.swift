/// What staff does to accounts.
extension API {
    package enum AdminUsers {
        package static let list = Endpoint<ListAdminUsersRequest, [AdminUserRowBody]>(
            .get,
            "/admin/users"
        )
        package static let listFlag = Endpoint<ListAdminUsersRequest, [AdminUserRowBody]>(
            .get,
            "/admin/users/list/{flag}"
        )
        package static let show = Endpoint<NoBody, AdminUserBody>(.get, "/admin/users/{id}")
        package static let showNamed = Endpoint<NoBody, AdminUserBody>(
            .get,
            "/admin/users/{id}/{username}"
        )
        package static let delete = Endpoint<DeleteUserRequest, DeletedReply>(
            .delete,
            "/admin/users/{id}"
        )
        package static let activate = put("activate", NoBody.self, SuccessReply.self)
        package static let deactivate = put("deactivate", NoBody.self, SuccessReply.self)
        package static let suspend = put("suspend", SuspendUserRequest.self, SuspensionReply.self)
        package static let unsuspend = put("unsuspend", NoBody.self, SuspensionReply.self)
        package static let silence = put("silence", SilenceUserRequest.self, SilenceReply.self)
        package static let unsilence = put("unsilence", NoBody.self, UnsilenceReply.self)
        package static let anonymize = put("anonymize", NoBody.self, AnonymizeReply.self)
        package static let logOut = Endpoint<NoBody, SuccessReply>(
            .post,
            "/admin/users/{id}/log_out"
        )
        package static let trustLevel = put(
            "trust_level",
            SetTrustLevelRequest.self,
            AdminUserReply.self
        )
        package static let trustLevelLock = put(
            "trust_level_lock",
            LockTrustLevelRequest.self,
            NoReply.self
        )
        package static let grantAdmin = put("grant_admin", NoBody.self, SuccessReply.self)
        package static let revokeAdmin = put("revoke_admin", NoBody.self, AdminUserBody.self)
        package static let grantModeration = put(
            "grant_moderation",
            NoBody.self,
            AdminUserBody.self
        )
        package static let revokeModeration = put(
            "revoke_moderation",
            NoBody.self,
            AdminUserBody.self
        )
        package static let approve = put("approve", NoBody.self, NoReply.self)
        package static let approveBulk = Endpoint<ApproveUsersRequest, NoReply>(
            .put,
            "/admin/users/approve-bulk"
        )
        package static let primaryGroup = put(
            "primary_group",
            SetPrimaryGroupRequest.self,
            NoReply.self
        )
        package static let merge = Endpoint<MergeUserRequest, MergeUserReply>(
            .post,
            "/admin/users/{id}/merge"
        )
        package static let resetBounceScore = Endpoint<NoBody, SuccessReply>(
            .post,
            "/admin/users/{id}/reset_bounce_score"
        )
        package static let deletePostsBatch = put(
            "delete_posts_batch",
            NoBody.self,
            DeletePostsBatchReply.self
        )

        package static let disableSecondFactor = put(
            "disable_second_factor",
            NoBody.self,
            SuccessReply.self
        )
        /// Answers with the cookie of another session.
        package static let impersonate = Endpoint<ImpersonateRequest, NoReply>(
            .post,
            "/admin/impersonate"
        )

        static let signatures = [
            list.signature, listFlag.signature, show.signature, showNamed.signature,
            delete.signature, activate.signature, deactivate.signature, suspend.signature,
            unsuspend.signature, silence.signature, unsilence.signature, anonymize.signature,
            logOut.signature, trustLevel.signature, trustLevelLock.signature,
            grantAdmin.signature, revokeAdmin.signature, grantModeration.signature,
            revokeModeration.signature, approve.signature, approveBulk.signature,
            primaryGroup.signature, merge.signature, resetBounceScore.signature,
            deletePostsBatch.signature, disableSecondFactor.signature, impersonate.signature,
        ]

        private static func put<Body, Reply>(
            _ verb: String,
            _ body: Body.Type,
            _ reply: Reply.Type
        ) -> Endpoint<Body, Reply> {
            Endpoint(.put, "/admin/users/{id}/\(verb)")
        }
    }
}
