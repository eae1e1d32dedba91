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
                a_file_is_written_only_over_the_version_that_was_read
                files_are_listed_by_owner_by_chat_and_when_due
                an_allowance_holds_for_files_added_at_once
            );
            cases!($backend, chats:
                a_new_chat_is_there_with_its_owner_and_first_members
                the_same_id_from_the_same_user_is_the_same_chat
                an_id_in_use_by_another_is_a_conflict
                a_channel_name_is_unique_without_regard_to_case
                a_channels_look_is_unique_outside_ascii
                two_look_alikes_at_once_are_one_channel
                a_groups_name_need_not_be_unique
                a_changed_name_frees_the_old_one
                two_channels_may_swap_their_names_in_one_batch
                an_update_takes_one_tick_and_the_same_again_takes_none
                only_owners_and_admins_update_a_chat
                an_archived_chat_is_read_only_until_it_is_opened_again
                what_is_stored_is_counted
                only_an_owner_or_server_admin_deletes
                nothing_is_left_of_a_deleted_chat
                a_chat_is_named_to_nobody_who_may_not_see_it
                a_direct_chat_shows_the_other_and_cannot_be_changed
                who_joins_a_chat_again_is_told_what_is_unread
            );
            cases!($backend, digests:
                the_same_history_has_the_same_digest_everywhere
                a_digest_is_of_one_position_while_others_write
            );
            cases!($backend, heads:
                heads_are_told_in_the_order_they_were_asked_for
            );
            cases!($backend, audit:
                entries_come_newest_first_over_all_months
                entries_are_found_by_who_did_it_and_to_whom
                an_entry_that_is_told_twice_is_there_once
            );
            cases!($backend, bans:
                only_an_owner_gives_roles
                the_last_owner_hands_over_before_stepping_down
                a_ban_puts_out_and_keeps_out
                a_ban_that_has_run_out_is_none
                one_who_was_never_in_may_be_kept_out
                who_may_ban_whom_depends_on_their_roles
                a_channel_is_not_listed_for_those_banned_from_it
                a_bot_stays_out_while_an_owner_is_banned
            );
            cases!($backend, presence:
                it_is_kept_who_was_last_seen_when
                the_latest_time_stays_in_whatever_order_they_are_told
                a_changed_account_keeps_when_its_user_was_last_seen
                of_a_deleted_account_it_is_not_kept
            );
            cases!($backend, direct:
                a_direct_chat_is_the_same_for_both_and_both_own_it
                two_who_open_a_direct_chat_at_once_open_one
                a_first_message_makes_the_direct_chat
                a_first_message_that_is_refused_makes_no_chat
                first_messages_both_ways_at_once_are_two_messages_of_one_chat
                a_direct_chat_that_was_deleted_is_followed_by_another
            );
            cases!($backend, marks:
                those_whom_a_position_has_reached_are_counted
                a_mark_moves_forward_only_and_what_is_read_is_delivered
                marks_that_have_moved_after_a_time_are_found_in_several_chats
                only_those_who_are_in_have_marks
                marks_set_at_once_never_go_back
                many_marks_go_together
                what_everybody_has_read_counts_ones_own_messages_as_read
                bots_and_banned_users_hold_up_no_reader
                authors_are_those_who_wrote_between_two_positions
                a_muted_chat_is_the_users_own_matter
                an_unread_mark_is_the_users_own_matter_and_ends_with_the_membership
                marks_come_with_what_has_changed
                counts_are_those_of_a_model_after_any_history
                what_is_far_behind_is_counted_exactly
                what_is_sent_and_deleted_in_one_go_is_never_unread
            );
            cases!($backend, members:
                a_channel_is_joined_once
                a_group_cannot_be_joined
                members_are_added_with_one_tick
                one_who_is_named_twice_counts_once
                only_owners_and_admins_add_and_remove
                one_who_leaves_stays_out_until_added_again
                leaving_twice_is_told_the_first_position
                the_last_owner_cannot_leave_others
                the_last_member_takes_the_chat_along
                the_last_owner_cannot_be_removed
                an_owner_removes_several_with_one_tick
                removing_who_is_out_changes_nothing
                one_who_does_not_exist_cannot_be_added_and_hinders_nobody
                a_last_owner_who_departs_hands_over_to_the_eldest
                one_who_departs_alone_ends_a_group_and_leaves_a_channel_to_the_next
                one_departs_from_archived_chats_and_not_from_direct_ones
            );
            cases!($backend, messages:
                a_message_is_read_as_it_was_sent
                an_id_can_be_added_once
                anothers_id_is_a_conflict
                the_same_id_may_be_used_in_another_chat
                only_members_write
                a_reply_needs_its_message
                sending_moves_the_chat_forward
                others_messages_are_unread_until_one_has_read_them
            );
            cases!($backend, edits:
                an_edited_message_keeps_its_place_and_takes_a_tick
                the_same_text_again_is_no_edit
                metadata_is_replaced_where_it_is_given
                only_the_sender_edits
                a_deleted_message_leaves_a_tombstone
                who_may_delete_is_the_sender_or_keeps_order
                the_last_message_is_the_newest_that_is_left
                a_deleted_message_is_not_unread
                a_message_sent_edited_and_deleted_in_one_batch_is_a_tombstone
                changes_come_folded_by_their_latest
                a_message_is_pinned_once_and_the_oldest_pin_comes_first
                who_may_not_pin_is_told_so
                no_more_messages_are_pinned_than_a_chat_can_show
            );
            cases!($backend, reactions:
                a_reaction_takes_a_tick_and_is_counted_once
                who_may_not_react_is_told_so
                a_message_has_a_bounded_number_of_emoji
                the_first_fifty_are_named_and_the_next_comes_up
                reactions_go_with_their_message_and_their_chat
                reactions_of_one_batch_are_counted_one_after_another
            );
            cases!($backend, search:
                members_are_mentioned_by_their_names
                an_edit_mentions_anew
                unread_mentions_are_counted
                a_mention_edited_into_a_message_that_was_read_is_unread
                mentions_come_newest_first_page_by_page
                messages_are_found_by_all_their_words
                edits_and_deletions_are_found_at_once
                a_search_sees_only_ones_own_chats_or_the_one_that_is_named
                what_is_found_comes_page_by_page
                long_chats_are_searched_to_their_ends
                a_search_stops_where_its_budget_ends_and_goes_on_there
                a_filtered_page_stops_where_its_budget_ends_and_goes_on_there
                a_numbered_page_stops_where_its_budget_ends_and_goes_on_there
            );
            cases!($backend, batches:
                a_refused_change_leaves_its_neighbours_alone
                a_duplicate_within_a_batch_is_one_message
                changes_see_those_before_them
                an_id_is_given_once
                a_channel_name_is_free_again_within_the_batch_that_deletes_its_chat
                unread_messages_of_the_same_batch_are_counted
                unread_messages_are_counted_on_beside_edits_in_one_batch
                an_empty_batch_is_answered_with_nothing
                clocks_have_no_gaps_under_concurrent_writers
                a_batch_repeated_gives_the_same_messages
                reads_do_not_wait_for_writes_and_see_whole_batches
            );
            cases!($backend, histories:
                the_newest_come_without_a_cursor
                pages_before_and_after_a_position_meet_without_gap
                a_page_around_a_position_fills_from_the_other_side
                pages_by_number_count_from_the_newest_and_tell_the_total
                a_page_may_be_of_one_sender_or_of_one_text
                a_page_is_bounded_in_bytes
                there_is_no_history_of_no_chat
                pages_are_stable_while_others_write
            );
            cases!($backend, lists:
                newest_activity_comes_first_and_ties_go_by_id
                a_page_of_chats_continues_after_its_last
                scopes_show_mine_public_and_archived
                a_search_finds_names_without_regard_to_case
                members_come_by_id_page_by_page
                memberships_are_the_chats_one_is_in
                standing_tells_the_role_and_nothing_of_no_chat
            );
            cases!($backend, sync:
                nothing_has_changed_since_now
                only_members_are_told_of_changes
                messages_come_page_by_page_from_a_position
                a_page_of_no_messages_leaves_the_position
                the_chat_and_its_members_come_when_they_changed
                a_position_beyond_the_clock_starts_anew
                a_page_of_changes_is_bounded_in_bytes
                of_very_many_members_the_first_come
            );
            cases!($backend, accounts:
                a_user_is_found_by_id_and_by_name_without_regard_to_case
                an_id_goes_before_a_name
                an_account_is_read_as_it_was_written_and_found_by_each_of_its_names
                a_username_and_an_email_address_are_given_once
                the_same_user_again_is_the_one_that_is_there
                a_bot_has_its_owner
                an_account_is_changed_by_who_has_read_it_last
                of_many_changes_at_once_each_sees_the_one_before
                a_changed_username_and_email_address_free_the_old_ones
                a_name_goes_to_one_of_those_who_want_it_at_once
                a_deleted_account_is_a_sender_only
                what_one_has_said_shows_ones_present_name
                people_are_searched_by_names_and_whole_email_addresses
                an_unconfirmed_address_is_found_by_those_who_ask_for_all
                a_users_bots_are_found_until_they_are_deleted
                people_come_page_by_page_and_without_those_in_a_chat
                a_token_is_found_by_its_hash_with_its_user
                tokens_are_listed_newest_first_to_their_maker_only
                a_revoked_token_is_gone
                the_latest_use_of_a_token_is_kept
                a_session_is_found_with_its_account
                a_session_is_renewed_by_one_of_those_who_have_its_token
                a_session_ends_once_and_keeps_its_latest_use
                a_document_is_replaced_by_who_has_read_it_last
                a_storage_that_works_is_ready
            );
            cases!($backend, operations:
                an_operation_is_claimed_by_one_of_those_who_want_it_at_once
                a_claim_ends_with_its_outcome_and_only_its_owner_ends_it
                a_write_ends_its_claim_and_does_not_happen_without_it
                the_outcomes_of_a_user_are_counted
            );
            cases!($backend, retention:
                a_trim_removes_old_messages_and_all_that_belongs_to_them
                messages_are_kept_as_long_as_the_chat_or_the_server_says
                nothing_goes_from_a_chat_on_hold
                a_chat_on_hold_outlives_its_last_member
                unread_counts_stay_exact_after_trims
                a_trim_in_a_batch_sees_what_came_before_it
            );
            cases!($backend, random:
                any_history_keeps_the_clock_and_can_be_resumed_from_anywhere
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
