//! The server as users see it: clients on real sockets, over every backend.
//!
//! A case takes an empty place for a server. A backend is one line at the end of this file; a case is a function in
//! the file of its area and its name in the list below.

pub mod accounts;
pub mod administration;
pub mod authority;
pub mod avatars;
pub mod budgets;
pub mod chats;
pub mod direct;
pub mod edits;
pub mod endings;
pub mod envelope;
pub mod extremes;
pub mod files;
pub mod fuzz;
pub mod guarantees;
pub mod help;
pub mod history;
pub mod jobs;
pub mod large;
pub mod members;
pub mod messages;
pub mod moderation;
pub mod names;
pub mod operations;
pub mod ordering;
pub mod post;
pub mod presence;
pub mod quotas;
pub mod reactions;
pub mod receipts;
pub mod refusals;
pub mod retention;
pub mod roles;
pub mod search;
pub mod session;
pub mod sessions;
pub mod slow;
pub mod strangers;
pub mod streams;
pub mod sync;
pub mod text_mode;
pub mod tokens;
pub mod typing;

macro_rules! cases {
    ($backend:ident, $area:ident: $($case:ident)+) => {
        mod $area {
            $(
                #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
                async fn $case() {
                    let Some(place) = crate::contract::backends::$backend().await else { return };
                    crate::live::$area::$case(place).await;
                }
            )+
        }
    };
}

macro_rules! backend {
    ($backend:ident) => {
        mod $backend {
            cases!($backend, session:
                connected_is_the_first_frame_and_lists_the_limits
                help_lists_every_command_before_authentication
                ping_returns_the_server_time
                get_me_returns_the_authenticated_user
                anonymous_connections_can_send_only_open_commands
                a_connection_can_authenticate_after_connecting
                reauthentication_requires_the_same_user
                a_stopping_server_sends_a_close_frame_to_every_connection
                committed_changes_survive_a_shutdown
            );
            cases!($backend, avatars:
                an_uploaded_avatar_is_shown_without_credentials
                avatars_are_small_images_of_their_owner
                replaced_and_removed_avatars_are_deleted
                an_avatar_replaced_later_is_deleted_at_once
                avatars_follow_their_account
                requests_for_avatars_are_rate_limited
            );
            cases!($backend, endings:
                excess_connections_are_closed_with_a_reason
                twenty_consecutive_bad_frames_close_the_connection
            );
            cases!($backend, extremes:
                extreme_cursors_are_accepted_or_refused
                unknown_cursors_are_refused
                extreme_times_and_positions_are_accepted_or_refused
            );
            cases!($backend, fuzz:
                every_fuzzed_command_gets_one_reply
                every_fuzzed_post_body_gets_one_reply
            );
            cases!($backend, retention:
                expired_messages_are_trimmed_for_every_member
                only_owners_set_the_retention_of_a_chat
                a_chat_on_hold_keeps_all_messages
                the_files_of_removed_messages_are_deleted
                a_chat_on_hold_keeps_files_of_deleted_accounts
            );
            cases!($backend, jobs:
                an_admin_can_run_a_job_and_see_its_results
                one_node_leads_until_its_lease_expires
                due_jobs_run_once_across_nodes
                expired_sessions_are_deleted
                audit_entries_are_deleted_after_the_configured_time
                long_expired_tokens_are_deleted
                expired_bans_are_deleted
                a_scrub_resumes_on_another_node_and_pauses_after_a_pass
            );
            cases!($backend, help:
                help_describes_every_field_of_every_command
                help_lists_fields_in_order_with_nested_fields
            );
            cases!($backend, tokens:
                a_new_tokens_secret_is_shown_once
                tokens_are_listed_newest_first_to_their_owner_only
                a_bots_username_is_reserved_for_its_owner
                a_token_never_exceeds_its_creators_rights
                commands_require_their_scope
                an_old_token_without_the_scope_read_sends_and_reads_nothing
                a_connection_is_warned_before_its_token_expires_and_closes
                a_revoked_token_closes_its_connections
                only_the_owner_can_revoke_a_token
            );
            cases!($backend, accounts:
                sign_up_logs_in_and_registers_username_and_email
                sign_up_errors_name_the_field
                sign_up_can_be_disabled
                unknown_users_and_wrong_passwords_get_the_same_reply
                a_log_in_on_a_session_requires_the_same_user
                a_banned_user_is_refused_with_every_credential
                profile_changes_are_published_to_contacts
                profile_errors_name_the_field
                a_deleted_account_keeps_its_messages_and_username_reserved
                users_are_found_by_name_and_by_exact_email_address
                users_are_found_by_their_ids
                settings_are_merged_and_sent_to_the_users_devices
                concurrent_settings_updates_are_all_answered
                open_commands_work_over_post
            );
            cases!($backend, authority:
                an_account_change_during_a_log_in_takes_precedence
                a_demotion_during_password_hashing_takes_precedence
                bans_and_deletions_cascade_to_bots_of_bots
                a_deleted_owners_bot_cannot_authenticate
                every_token_of_a_bot_is_listed_and_revocable_by_its_owner
                owners_can_list_and_delete_their_bots
                a_bots_role_never_exceeds_its_owners
                a_token_cannot_exceed_its_own_scopes_or_expiry
                a_chat_ban_covers_bots_and_their_owners
                a_changed_email_address_is_searchable_once_confirmed
                search_by_email_address_can_be_disabled
                all_password_checks_share_one_throttle
                refusals_do_not_reveal_email_addresses
            );
            cases!($backend, sessions:
                reusing_a_refresh_token_revokes_its_family
                the_grace_period_accepts_the_previous_refresh_token
                tokens_of_a_trusted_service_authenticate
                a_connection_is_warned_before_its_session_expires
                removed_keys_verify_no_tokens
                a_missing_key_is_generated_once_and_stored
                log_out_revokes_only_its_own_session
                sessions_can_be_listed_and_revoked_one_by_one
                a_password_change_revokes_the_other_sessions
            );
            cases!($backend, chats:
                a_joined_channel_delivers_its_messages
                new_channels_are_announced_to_every_connection
                new_groups_are_announced_to_their_members_only
                chat_creation_errors_name_the_field
                a_reused_chat_id_returns_the_same_chat_or_a_conflict
                channel_names_are_unique
                chat_updates_are_published_to_members
                an_archived_chat_rejects_writes_until_reopened
                only_admins_can_post_in_an_announcement_channel
                a_deleted_chat_disappears_for_every_member
                a_server_admin_can_delete_any_chat
                an_admins_token_without_the_admin_scope_acts_as_a_member
                chats_are_listed_by_scope_search_and_page
                paging_skips_no_chat_under_concurrent_activity
                get_chat_returns_the_callers_view
                get_chat_returns_a_digest_on_request
            );
            cases!($backend, direct:
                a_direct_chat_is_announced_to_both_and_reused
                direct_chat_errors_name_the_field
                either_peer_can_delete_but_not_update_a_direct_chat
                a_recreated_direct_chat_has_a_new_id_after_sync
                a_personal_message_creates_its_chat_before_it_is_delivered
                a_personal_message_over_post_reaches_all_devices
                a_personal_message_can_address_an_exact_email
                concurrent_personal_messages_share_one_chat
                events_of_a_racing_direct_chat_are_delivered_in_order
            );
            cases!($backend, members:
                a_join_is_published_to_the_users_other_devices
                a_new_member_renamed_while_being_added_has_the_new_name
                a_repeated_join_is_a_no_op
                added_members_receive_new_chat
                unauthorized_additions_are_refused
                leaving_is_the_last_event_a_member_receives
                the_last_owner_may_not_leave_while_members_remain
                removal_is_the_last_event_a_member_receives
                unauthorized_removals_are_refused
                members_are_listed_with_their_presence
            );
            cases!($backend, moderation:
                a_banned_user_is_disconnected_and_cannot_return
                an_expired_server_ban_has_no_effect
                moderators_cannot_act_on_themselves_or_higher_roles
                a_server_role_applies_from_the_next_command
                a_disconnected_user_can_reconnect
                moderation_is_recorded_in_the_audit_log
                deletions_of_others_messages_are_audited
                each_moderator_action_is_audited_once
                moderators_can_read_statistics
                statistics_match_the_stored_data
                banning_the_only_owner_transfers_ownership
                a_user_added_during_account_deletion_is_not_a_member
                an_interrupted_account_departure_is_completed
                users_can_export_their_data_as_json_lines
            );
            cases!($backend, administration:
                an_admin_created_user_can_log_in
                admins_see_email_addresses_and_bans
                who_loses_the_role_while_a_slow_read_waits_is_refused
                an_admin_password_reset_revokes_the_users_sessions
                an_admin_can_create_and_revoke_tokens_of_others
                only_the_built_in_administrator_outranks_admins
            );
            cases!($backend, roles:
                role_changes_are_published_to_every_member
                a_ban_is_the_last_event_and_prevents_rejoining
                unauthorized_bans_are_refused
            );
            cases!($backend, messages:
                every_member_receives_a_message_once
                message_fields_can_be_flat_or_nested_but_not_both
                a_repeated_send_returns_the_stored_message
                message_errors_name_the_field
                only_bots_can_use_other_message_roles
                a_message_with_files_needs_no_text
                metadata_and_settings_keep_number_precision
            );
            cases!($backend, edits:
                an_edit_is_published_to_every_member
                unauthorized_edits_are_refused
                a_deleted_message_is_a_tombstone_for_every_member
                unauthorized_deletions_are_refused
                pins_are_published_and_shown_with_the_chat
            );
            cases!($backend, files:
                an_uploaded_file_can_be_sent_and_downloaded
                an_interrupted_upload_resumes
                a_repeated_create_upload_without_an_outcome_finds_its_upload
                an_upload_stores_each_byte_once
                one_user_cannot_take_every_upload_slot
                ticket_requests_are_rate_limited
                forged_tickets_are_throttled_and_valid_ones_are_not
                upload_errors_name_the_field
                mismatched_uploads_are_discarded
                only_images_are_served_inline
                file_access_follows_chat_access
                a_file_can_be_attached_to_one_message
                unreferenced_files_are_deleted
                an_empty_database_deletes_no_stored_files
                quotas_hold_under_two_hundred_concurrent_uploads
                files_are_counted_and_exported
            );
            cases!($backend, reactions:
                a_reaction_is_published_and_counted_once
                reaction_errors_name_the_field
                variants_of_an_emoji_are_one_reaction
            );
            cases!($backend, search:
                mentioned_users_are_notified
                mention_pages_are_listed_newest_first
                group_words_mention_all_or_online_members
                search_covers_only_readable_chats
                search_errors_name_the_field
            );
            cases!($backend, history:
                history_starts_at_the_newest_without_a_cursor
                history_can_be_read_before_after_and_around_a_position
                pages_are_numbered_from_the_newest
                history_can_be_filtered_by_text_and_sender
                page_errors_name_the_field
                channel_history_is_readable_without_membership
            );
            cases!($backend, receipts:
                a_read_mark_reaches_all_members_and_devices
                mark_errors_name_the_field
                a_mark_is_visible_immediately_in_every_reply
                marks_survive_disconnects_and_restarts
                a_mark_is_stored_before_its_reply
                concurrent_marks_share_one_write
                authors_receive_delivery_marks
                authors_receive_no_delivery_marks_after_leaving
                messages_received_by_sync_count_as_delivered
                a_client_can_mark_messages_as_delivered
                a_mute_is_sent_to_the_users_devices_only
                an_expired_mute_has_no_effect
                an_unread_mark_is_sent_to_the_users_devices_only
                reading_to_the_unread_mark_clears_it
                an_unread_mark_is_included_with_every_view_of_the_chat
                unread_mark_errors_name_the_field
                what_is_told_last_of_an_unread_mark_is_what_is_stored
            );
            cases!($backend, sync:
                sync_without_missed_changes_is_empty
                sync_returns_changes_since_the_given_positions
                sync_returns_digests_on_request
                sync_includes_new_chats_and_removes_inaccessible_ones
                sync_pages_continue_from_the_returned_position
                sync_after_a_long_absence_loses_no_message
                a_position_beyond_the_chats_clock_resets_it
                one_sync_accepts_up_to_two_thousand_chats
                chats_exceeding_a_reply_are_pending
                sync_includes_the_first_members_of_a_large_chat
                a_sync_cursor_returns_profile_and_settings_changes
                a_sync_cursor_reports_deleted_contacts
            );
            cases!($backend, names:
                names_reject_invisible_characters
                names_are_normalized_to_nfc
                confusable_channel_names_are_refused
                official_display_names_require_the_admin_role
                misleading_attachments_are_refused
                invisible_messages_and_reactions_are_refused
                metadata_is_limited_to_16_kib
                names_and_searches_are_compared_by_case_folding
            );
            cases!($backend, quotas:
                pins_per_chat_are_bounded
                emoji_per_message_are_bounded
                tokens_and_bots_per_user_are_bounded
                new_bots_count_against_the_sign_up_limit_of_the_address
                memberships_per_user_are_bounded
                chats_created_per_user_and_hour_are_bounded
                strangers_added_per_user_and_hour_are_bounded
                bots_of_one_owner_share_a_command_budget
                the_oldest_session_is_evicted_at_the_limit
                connections_of_a_user_share_one_command_budget
                export_links_are_revoked_with_the_session_or_password
                exports_are_audited_daily_and_bounded_in_parallel
            );
            cases!($backend, envelope:
                fields_can_be_flat_or_in_a_payload
                a_malformed_envelope_is_reported_and_keeps_the_connection
                request_ids_are_echoed_verbatim
                invalid_request_ids_are_refused_and_not_echoed
                a_misspelled_command_gets_a_suggestion
                errors_have_exactly_the_documented_fields
                non_json_frames_are_refused
                binary_frames_are_accepted_as_text_frames
                frames_can_be_nested_32_levels_deep
                an_array_runs_its_commands_in_order
                replies_follow_the_order_of_the_commands
            );
            cases!($backend, refusals:
                type_errors_name_the_field
                range_errors_name_the_field
                missing_and_unknown_fields_are_named
                length_errors_name_the_field
                huge_numbers_never_cause_internal_errors
                private_chats_are_not_found_for_non_members
            );
            cases!($backend, post:
                every_code_has_its_status
                post_commands_are_answered_in_the_body
                invalid_credentials_are_refused_for_every_command
                bodies_without_a_command_are_refused
                post_commands_are_published_to_the_callers_connections
                other_origins_cannot_send_commands
                the_servers_own_origin_can_send_commands
                auxiliary_endpoints_respond
                other_methods_are_refused_with_the_allowed_ones
                allowed_origins_can_upload_and_download_files
                cached_pages_are_answered_with_304
            );
            cases!($backend, guarantees:
                a_resumed_client_converges_with_a_connected_one
            );
            cases!($backend, budgets:
                no_list_of_messages_or_chats_is_longer_than_a_reply
                no_list_of_people_is_longer_than_a_reply
                streams_that_do_not_fit_in_a_reply_are_pending
                streams_of_new_chats_that_do_not_fit_in_a_reply_are_left_out
                the_streams_and_members_of_one_chat_fit_in_a_reply
                no_list_of_bots_tokens_or_sessions_is_longer_than_a_reply
            );
            cases!($backend, operations:
                a_repeated_op_id_changes_a_chat_once
                a_repeated_op_id_runs_an_account_command_once
                accounts_are_administered_once_per_op_id
                no_op_outcomes_are_stored_too
                an_op_id_belongs_to_one_command_of_one_user
                op_id_records_contain_no_password
                a_repeated_op_id_creates_one_token_and_shows_its_secret_once
                concurrent_uses_of_an_op_id_make_one_change
                commands_that_change_no_chat_run_once_per_op_id
                a_retry_without_an_outcome_overwrites_no_later_change
                a_harmless_command_without_an_outcome_runs_again
                outcomes_are_bounded_in_bytes_and_number
                op_id_errors_name_the_field
                changes_with_a_lost_commit_reply_are_published_and_found
            );
            cases!($backend, ordering:
                pipelined_commands_are_each_answered_once_in_order
                all_devices_see_messages_of_eight_senders_in_one_order
                a_message_id_sent_by_four_devices_is_stored_once
                a_message_id_sent_by_four_users_belongs_to_the_first
            );
            cases!($backend, strangers:
                a_stranger_learns_and_changes_nothing_by_the_ids_of_others
                the_cursors_of_others_show_nothing_of_theirs
            );
            cases!($backend, streams:
                a_stream_is_delivered_in_chunks_and_stored_once
                the_final_text_may_differ_from_the_chunks
                a_late_subscriber_receives_the_text_so_far
                any_member_can_request_a_stop
                a_disconnected_authors_partial_text_is_stored
                a_stopping_server_stores_partial_streams
                removed_members_stop_streaming
                an_empty_stream_stores_no_message
                an_archived_chat_rejects_streams_and_typing
                a_long_streamed_message_can_be_edited
                stream_errors_name_the_field
            );
            cases!($backend, text_mode:
                text_mode_exchanges_messages_as_lines
                invalid_lines_are_answered_with_the_correct_usage
                text_mode_can_show_and_send_raw_frames
                text_mode_supports_sign_up_and_personal_messages
                passwords_are_not_echoed
                text_is_sent_to_the_channel_opened_last
                lines_cannot_be_forged
                password_prompts_repeat_until_correct_or_cancelled
                names_open_only_the_users_own_chats
            );
            cases!($backend, typing:
                typing_is_published_to_the_others_and_ends
                repeated_typing_is_not_republished
                sending_a_message_ends_typing
                leaving_or_removal_ends_typing
                disconnecting_ends_typing
                typing_expires_without_renewal
                only_members_can_send_typing
            );
            cases!($backend, presence:
                presence_changes_reach_every_contact_once
                a_user_is_online_until_the_last_connection_closes
                a_user_is_away_only_if_every_connection_is
                last_seen_times_survive_a_restart
                only_members_can_query_presence_of_a_chat
                strangers_see_a_profile_and_no_presence
                presence_is_limited_to_contacts
            );
            cases!($backend, large:
                a_chat_is_large_only_above_the_threshold
                large_chats_serve_presence_only_on_request
                marks_in_a_large_chat_reach_only_the_users_devices
                authors_can_query_reader_counts
                typing_in_a_large_chat_shows_at_most_five_users
                presence_is_batched_for_clients_with_the_capability
            );
            cases!($backend, slow:
                a_paused_reader_receives_lagged_and_recovers_by_sync
                replies_reach_a_paused_reader
                a_stalled_reader_is_closed_with_1013
                a_slow_reader_is_never_closed
                unanswered_pings_close_the_connection_with_4408
            );
        }
    };
}

backend!(sqlite);
#[cfg(feature = "cosmos")]
backend!(cosmos);
#[cfg(feature = "postgres")]
backend!(postgres);
