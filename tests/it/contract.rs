//! Every rule of [`Repository`](pichat::store::repository::Repository) as a case, run over every backend.
//!
//! A backend is a function in `backends.rs` and a line at the end of this file. A case is a function in the file of
//! its area and its name in the list below.

pub mod accounts;
pub mod audit;
pub mod backends;
pub mod bans;
pub mod batches;
pub mod chats;
pub mod digests;
pub mod direct;
pub mod edits;
pub mod files;
pub mod heads;
pub mod histories;
pub mod lists;
pub mod marks;
pub mod members;
pub mod messages;
pub mod operations;
pub mod presence;
pub mod random;
pub mod reactions;
pub mod retention;
pub mod scene;
pub mod search;
pub mod sync;

macro_rules! cases {
    ($backend:ident, $area:ident: $($case:ident)+) => {
        mod $area {
            $(
                #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
                async fn $case() {
                    let Some(place) = crate::contract::backends::$backend().await else { return };
                    crate::contract::$area::$case(&*place.repository).await;
                }
            )+
        }
    };
}

macro_rules! backend {
    ($backend:ident) => {
        mod $backend {
            cases!($backend, files:
                file_writes_require_the_current_version
                files_are_listed_by_owner_by_chat_and_by_due_time
                concurrent_files_cannot_exceed_the_quota
                an_avatar_belongs_to_its_owner_and_to_no_chat
            );
            cases!($backend, chats:
                a_new_chat_has_its_owner_and_initial_members
                a_repeated_create_returns_the_existing_chat
                another_users_chat_id_is_a_conflict
                channel_names_are_unique_ignoring_case
                confusable_channel_names_outside_ascii_conflict
                concurrent_confusable_names_create_one_channel
                group_names_may_repeat
                a_rename_frees_the_old_name
                two_channels_can_swap_names_in_one_batch
                an_update_takes_one_tick_and_its_repeat_none
                only_owners_and_admins_can_update_a_chat
                an_archived_chat_is_read_only_until_reopened
                stored_items_are_counted
                only_an_owner_or_server_admin_can_delete_a_chat
                a_deleted_chat_leaves_no_data
                chats_are_hidden_from_users_without_access
                a_direct_chat_shows_its_peer_and_cannot_be_updated
                a_repeated_join_reports_unread_counts
            );
            cases!($backend, digests:
                equal_histories_have_equal_digests_on_every_store
                a_digest_is_consistent_under_concurrent_writes
            );
            cases!($backend, heads:
                heads_are_returned_in_request_order
            );
            cases!($backend, audit:
                entries_are_listed_newest_first_across_months
                entries_are_filtered_by_actor_and_target
                a_repeated_entry_is_stored_once
            );
            cases!($backend, bans:
                only_an_owner_can_set_roles
                the_last_owner_must_transfer_ownership_first
                a_ban_removes_the_member_and_prevents_rejoining
                an_expired_ban_has_no_effect
                a_user_can_be_banned_before_joining
                ban_permission_depends_on_both_roles
                channels_are_not_listed_for_banned_users
                a_bot_cannot_join_while_its_owner_is_banned
            );
            cases!($backend, presence:
                last_seen_times_are_stored_per_user
                the_latest_last_seen_time_wins_in_any_order
                account_updates_keep_the_last_seen_time
                deleted_accounts_have_no_last_seen_time
            );
            cases!($backend, direct:
                both_peers_own_one_direct_chat
                concurrent_creates_open_one_direct_chat
                a_first_message_creates_the_direct_chat
                a_refused_first_message_creates_no_chat
                concurrent_first_messages_share_one_direct_chat
                a_deleted_direct_chat_can_be_replaced
            );
            cases!($backend, marks:
                reader_and_recipient_counts_follow_the_marks
                marks_only_advance_and_reading_implies_delivery
                an_advance_clears_an_unread_mark_in_its_write
                of_several_advances_at_once_one_clears_an_unread_mark
                marks_moved_since_a_time_are_found_across_chats
                only_members_have_marks
                concurrent_marks_never_move_back
                many_marks_are_stored_in_one_call
                authors_count_as_readers_of_their_own_messages
                bots_and_banned_users_do_not_hold_back_read_by_all
                authors_are_listed_between_two_positions
                a_mute_is_private_to_its_user
                an_unread_mark_is_private_and_ends_with_the_membership
                changes_include_marks
                unread_counts_match_a_model_after_any_history
                large_unread_counts_are_exact
                a_message_deleted_in_its_own_batch_is_never_unread
            );
            cases!($backend, members:
                joining_twice_has_one_effect
                a_group_cannot_be_joined
                adding_members_takes_one_tick
                a_member_listed_twice_is_added_once
                only_owners_and_admins_can_add_and_remove
                a_member_stays_out_after_leaving_until_added
                leaving_twice_returns_the_first_position
                the_last_owner_cannot_leave_other_members
                a_group_is_deleted_when_its_last_member_leaves
                the_last_owner_cannot_be_removed
                removing_several_members_takes_one_tick
                removing_a_non_member_changes_nothing
                unknown_users_are_skipped_when_members_are_added
                a_departing_last_owner_is_succeeded_by_seniority
                the_last_departure_deletes_a_group_and_empties_a_channel
                departures_include_archived_chats_but_not_direct_ones
            );
            cases!($backend, messages:
                messages_are_stored_unchanged
                a_repeated_message_id_is_stored_once
                another_senders_message_id_is_a_conflict
                message_ids_are_unique_per_chat
                a_message_with_a_new_id_is_stored_and_repeatable
                only_members_can_send
                a_reply_requires_an_existing_message
                sending_advances_the_chats_clock
                messages_of_others_are_unread_until_read
            );
            cases!($backend, edits:
                an_edit_keeps_the_messages_position_and_takes_a_tick
                an_unchanged_edit_is_a_no_op
                an_edit_replaces_metadata_only_if_given
                only_the_sender_can_edit
                a_deleted_message_leaves_a_tombstone
                only_the_sender_and_moderators_can_delete
                the_last_message_is_the_newest_remaining_one
                a_deleted_message_is_not_unread
                a_message_deleted_in_its_own_batch_is_a_tombstone
                changes_are_folded_to_the_latest_state
                pins_are_unique_and_listed_oldest_first
                unauthorized_pins_are_refused
                pins_per_chat_are_limited
            );
            cases!($backend, reactions:
                a_reaction_takes_one_tick_and_counts_once
                unauthorized_reactions_are_refused
                distinct_emoji_per_message_are_bounded
                the_first_fifty_reacting_users_are_listed
                deleting_a_message_or_chat_deletes_its_reactions
                reactions_in_one_batch_are_counted_in_order
            );
            cases!($backend, search:
                usernames_mention_members
                an_edit_recomputes_mentions
                unread_mentions_are_counted
                a_mention_edited_into_a_read_message_is_unread
                mentions_are_paged_newest_first
                a_search_matches_every_word_in_any_script
                search_reflects_edits_and_deletions_immediately
                a_search_covers_the_users_chats_or_the_given_one
                search_results_are_paged
                long_chats_are_searched_completely
                a_search_resumes_where_its_budget_ended
                a_filtered_page_resumes_where_its_budget_ended
                a_numbered_page_resumes_where_its_budget_ended
            );
            cases!($backend, batches:
                a_refused_change_does_not_affect_its_batch
                a_duplicate_within_a_batch_is_stored_once
                changes_see_earlier_changes_of_their_batch
                chat_ids_are_never_reused
                deleting_a_channel_frees_its_name_in_the_same_batch
                unread_counts_include_messages_of_the_same_batch
                unread_counts_are_exact_with_edits_in_the_same_batch
                an_empty_batch_returns_no_results
                chat_clocks_have_no_gaps_under_concurrent_writers
                a_repeated_batch_returns_the_same_messages
                reads_are_not_blocked_by_writes_and_see_whole_batches
            );
            cases!($backend, histories:
                the_newest_messages_are_returned_without_a_cursor
                pages_before_and_after_a_position_meet_without_a_gap
                a_page_around_a_position_fills_from_the_other_side
                numbered_pages_count_from_the_newest_and_report_the_total
                a_page_can_be_filtered_by_sender_or_text
                a_page_is_bounded_in_bytes
                an_unknown_chat_has_no_history
                pages_are_stable_under_concurrent_writes
            );
            cases!($backend, lists:
                chats_are_ordered_by_activity_then_id
                chat_pages_continue_after_the_last_chat
                scopes_select_own_public_and_archived_chats
                chat_search_ignores_case
                members_are_paged_by_id
                memberships_list_the_users_chats
                contacts_are_those_one_shares_a_chat_with
                chat_access_reports_the_role
            );
            cases!($backend, sync:
                no_changes_are_returned_at_the_current_position
                only_members_get_changes
                changed_messages_are_paged_from_a_position
                a_page_limit_of_zero_keeps_the_position
                chat_and_members_are_included_only_if_changed
                a_position_beyond_the_clock_resets_the_chat
                a_page_of_changes_is_bounded_in_bytes
                changes_include_only_the_first_members_of_a_large_chat
            );
            cases!($backend, accounts:
                users_are_found_by_id_and_by_name_ignoring_case
                an_id_takes_precedence_over_a_name
                accounts_are_stored_unchanged_and_found_by_every_name
                usernames_and_email_addresses_are_unique
                creating_an_existing_user_returns_the_stored_one
                a_bot_keeps_its_owner
                account_updates_require_the_current_version
                concurrent_account_updates_are_not_lost
                changing_username_and_email_frees_the_old_ones
                a_name_claimed_concurrently_has_one_winner
                a_deleted_account_remains_only_as_a_sender
                messages_show_the_senders_current_name
                users_are_searched_by_name_and_exact_email_address
                unconfirmed_addresses_are_found_only_on_request
                a_users_bots_are_listed_until_deleted
                users_are_paged_and_can_exclude_members_of_a_chat
                tokens_are_found_by_hash_and_by_id
                tokens_are_listed_newest_first_to_their_creator
                a_revoked_token_is_not_found
                the_last_use_of_a_token_is_stored
                sessions_are_found_with_their_account
                concurrent_refreshes_renew_a_session_once
                a_session_ends_once_and_keeps_its_last_use
                document_updates_require_the_current_version
                a_working_store_is_ready
            );
            cases!($backend, operations:
                an_operation_is_claimed_by_one_of_those_who_want_it_at_once
                a_claim_ends_with_its_outcome_and_only_its_owner_ends_it
                a_write_ends_its_claim_and_does_not_happen_without_it
                a_change_of_a_membership_is_made_once_whoever_resumes_it
                the_outcomes_of_a_user_are_counted
            );
            cases!($backend, retention:
                a_trim_removes_old_messages_and_their_dependents
                retention_follows_the_chat_or_the_server
                a_chat_on_hold_is_not_trimmed
                a_chat_on_hold_outlives_its_last_member
                unread_counts_stay_exact_after_trims
                a_trim_sees_earlier_changes_of_its_batch
            );
            cases!($backend, random:
                random_histories_resume_from_any_position
                a_mention_by_a_later_edit_is_unread_after_any_history
            );
        }
    };
}

backend!(memory);
backend!(sqlite);
#[cfg(feature = "cosmos")]
backend!(cosmos);
#[cfg(feature = "postgres")]
backend!(postgres);
