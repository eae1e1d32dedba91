//! The server as its users meet it: clients on real sockets, over every backend.
//!
//! A case takes an empty place for a server. A backend is one line at the end of this file; a case is a function in
//! the file of its area and its name in the list below.

pub mod accounts;
pub mod administration;
pub mod authority;
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
                connected_is_the_first_frame_and_tells_the_limits
                help_tells_of_every_command_before_authentication
                ping_is_answered_with_the_time
                get_me_tells_who_one_is
                a_stranger_may_only_send_open_commands
                one_may_authenticate_on_the_socket
                authenticating_again_renews_for_the_same_user_only
                a_stopping_server_says_goodbye_to_everybody
                what_is_committed_is_there_after_a_stop
            );
            cases!($backend, endings:
                one_connection_too_many_is_told_why_it_ends
                twenty_bad_frames_end_a_connection_and_a_known_command_begins_anew
            );
            cases!($backend, extremes:
                a_cursor_of_any_moment_is_read_or_refused
                a_cursor_that_no_reply_contained_is_refused
                a_time_or_position_of_any_size_is_taken_or_refused
            );
            cases!($backend, fuzz:
                a_command_of_any_shape_is_answered_once
                a_posted_body_of_any_shape_is_answered_once
            );
            cases!($backend, retention:
                old_messages_vanish_for_everybody
                only_owners_say_how_long_a_chat_keeps_its_messages
                a_chat_on_hold_keeps_everything
                the_files_of_removed_messages_are_deleted
                a_deleted_account_leaves_its_files_to_a_chat_on_hold
            );
            cases!($backend, jobs:
                an_admin_runs_a_job_and_sees_its_figures
                of_two_nodes_one_leads_until_its_lease_ends
                due_jobs_run_once_whichever_node_looks
                expired_sessions_are_deleted
                the_audit_log_is_kept_for_as_long_as_the_setting_says
                tokens_that_expired_long_ago_are_deleted
                bans_that_have_ended_are_removed
                a_scrub_goes_on_where_another_node_stopped_and_rests_after_a_pass
            );
            cases!($backend, help:
                help_explains_every_field_of_every_command_in_words
                help_shows_the_fields_in_order_and_what_is_nested
            );
            cases!($backend, tokens:
                a_token_is_made_and_its_secret_shown_once
                tokens_are_listed_newest_first_and_only_to_their_owner
                a_bots_name_belongs_to_its_maker
                a_token_never_gives_more_than_its_maker_has
                a_command_needs_its_scope
                a_connection_is_told_that_its_token_expires_and_then_closed
                a_revoked_token_closes_its_sockets
                only_its_owner_revokes_a_token
            );
            cases!($backend, accounts:
                who_signs_up_is_logged_in_and_known_by_name_and_email_address
                what_is_wrong_with_a_sign_up_is_named
                sign_up_can_be_switched_off
                an_unknown_user_and_a_wrong_password_are_answered_alike_after_one_hash_each
                a_log_in_renews_for_the_same_user_only
                a_banned_user_is_refused_with_whatever_credentials
                a_changed_profile_is_told_to_those_who_share_a_chat
                what_is_wrong_with_a_profile_is_named
                a_deleted_account_leaves_its_messages_and_keeps_its_name
                people_are_found_by_names_and_by_a_whole_email_address
                settings_are_merged_and_told_to_ones_devices
                every_command_is_answered_while_another_device_changes_the_settings
                everything_open_works_by_post_too
            );
            cases!($backend, authority:
                a_change_committed_during_a_log_in_wins_over_it
                a_demotion_while_an_admin_waits_for_a_hash_wins_over_it
                a_ban_and_a_deletion_reach_bots_and_their_bots
                a_bot_outlives_no_owner_whatever_is_stored
                every_token_of_ones_bots_is_listed_and_can_be_revoked
                bots_are_listed_and_deleted_by_their_owner
                a_bots_role_is_never_higher_than_its_owners
                a_token_cannot_do_or_outlast_more_than_itself
                a_ban_from_a_chat_holds_for_bots_and_their_owners
                an_address_that_was_changed_is_found_once_it_is_confirmed
                finding_by_address_can_be_switched_off
                every_check_of_a_password_shares_one_throttle
                a_refusal_does_not_tell_which_address_is_whose
            );
            cases!($backend, sessions:
                a_refresh_token_is_good_once_and_ends_its_family_the_second_time
                a_refresh_token_whose_answer_was_lost_may_be_good_again
                a_token_of_another_service_is_as_good_as_a_log_in
                a_connection_is_told_that_its_log_in_expires_and_may_renew_it
                a_key_that_is_no_longer_set_verifies_nothing
                a_key_that_is_not_set_is_made_once_and_kept
                one_log_out_ends_one_log_in
                sessions_are_listed_and_ended_one_by_one
                another_password_ends_the_other_log_ins
            );
            cases!($backend, chats:
                a_channel_is_made_joined_and_heard
                a_new_channel_is_told_to_everybody_connected
                a_new_group_is_told_to_its_members_alone
                what_is_wrong_with_a_new_chat_is_named
                a_used_id_is_the_same_chat_or_a_conflict
                a_channels_name_is_taken_once
                a_change_of_a_chat_is_told_to_its_members
                an_archived_chat_is_read_only_until_it_is_opened
                only_admins_post_in_an_announcement_channel
                a_deleted_chat_is_gone_for_everybody
                a_server_admin_may_delete_any_chat
                an_admins_token_without_the_scope_admin_is_a_members
                chats_are_listed_by_scope_search_and_page
                paging_misses_no_chat_while_chats_are_active
                one_chat_is_told_as_the_asking_user_sees_it
                a_chat_comes_with_the_digest_of_its_parts
            );
            cases!($backend, direct:
                a_direct_chat_is_told_to_both_and_found_again
                what_is_wrong_with_a_direct_chat_is_named
                a_direct_chat_cannot_be_changed_but_deleted_by_either
                a_direct_chat_begun_anew_is_another_to_one_who_was_away
                a_personal_message_makes_its_chat_and_both_are_heard_in_order
                a_personal_message_by_request_is_heard_on_all_devices
                a_personal_message_finds_an_account_by_its_whole_address
                two_who_write_to_each_other_at_once_meet_in_one_chat
                everyone_hears_a_racing_direct_chat_in_order
            );
            cases!($backend, members:
                a_joiners_own_devices_hear_of_a_new_chat
                joining_again_changes_nothing
                added_members_hear_of_a_new_chat
                who_may_not_add_is_told_so
                one_who_leaves_hears_it_last
                the_last_owner_may_not_leave_others
                the_removed_hear_it_last
                who_may_not_remove_is_told_so
                members_are_listed_with_their_presence
            );
            cases!($backend, moderation:
                a_banned_user_is_out_at_once_and_stays_out
                a_ban_from_the_server_that_has_run_out_is_none
                nobody_acts_on_themselves_or_on_those_above
                a_role_on_the_server_counts_from_the_next_command_on
                one_who_is_disconnected_may_come_back
                what_was_done_to_keep_order_is_written_down
                a_deleted_message_is_written_down_unless_it_was_ones_own
                each_act_of_a_moderator_is_written_down_once
                moderators_are_told_how_much_there_is
                statistics_are_what_is_stored
                a_ban_of_the_only_owner_hands_the_chat_over
                one_added_while_the_account_is_deleted_is_no_member
                a_departure_that_was_cut_off_is_finished
                ones_own_data_can_be_had_as_lines
            );
            cases!($backend, administration:
                an_admin_creates_a_user_who_can_log_in
                admins_see_accounts_with_addresses_and_bans
                another_password_ends_the_sessions_of_its_user
                an_admin_makes_and_revokes_tokens_of_others
                only_the_built_in_administrator_outranks_admins
            );
            cases!($backend, roles:
                a_new_role_is_told_to_every_member
                the_banned_hear_it_last_and_stay_out
                who_may_not_ban_is_told_so
            );
            cases!($backend, messages:
                a_message_is_told_to_every_member_once
                a_message_may_stand_flat_or_nested_but_not_both
                the_same_message_again_is_the_message_that_was_sent
                what_is_wrong_with_a_message_is_named
                only_bots_speak_as_another
                a_message_may_have_files_and_no_text
                metadata_and_settings_keep_every_digit
            );
            cases!($backend, edits:
                an_edit_is_told_to_everybody_and_read_by_all
                who_may_not_edit_is_told_so
                a_deleted_message_is_a_tombstone_for_everybody
                who_may_not_delete_is_told_so
                pins_are_told_to_everybody_and_shown_with_the_chat
            );
            cases!($backend, files:
                a_file_is_uploaded_sent_and_read
                an_upload_goes_on_where_it_stopped
                an_upload_stores_its_bytes_once
                one_user_leaves_places_for_the_uploads_of_others
                requests_by_ticket_are_metered
                forged_tickets_are_throttled_and_good_ones_are_not
                what_is_wrong_with_an_upload_is_named
                what_does_not_fit_its_upload_is_not_kept
                only_images_are_shown_by_browsers
                a_file_is_read_as_long_as_its_chat
                a_message_takes_a_file_once
                what_nothing_needs_is_deleted
                a_database_without_the_records_deletes_nothing
                quotas_hold_for_two_hundred_uploads_at_once
                ones_files_are_counted_and_exported
            );
            cases!($backend, reactions:
                a_reaction_is_told_to_everybody_and_counted_once
                what_is_wrong_with_a_reaction_is_named
                forms_of_one_emoji_are_one_reaction
            );
            cases!($backend, search:
                who_is_mentioned_hears_of_it
                mentions_are_listed_newest_first_page_by_page
                a_word_mentions_all_members_or_those_who_are_online
                messages_are_found_where_one_may_read
                what_is_wrong_with_a_search_is_named
            );
            cases!($backend, history:
                without_a_cursor_the_newest_come
                a_position_may_be_read_before_after_and_around
                pages_are_numbered_from_the_newest
                history_may_be_searched_and_of_one_sender
                what_is_wrong_with_a_page_is_named
                a_channel_is_read_without_being_in
            );
            cases!($backend, receipts:
                a_read_mark_is_heard_by_all_members_and_on_all_devices
                what_is_wrong_with_a_mark_is_named
                a_mark_is_seen_at_once_wherever_one_looks
                marks_outlive_connections_and_servers
                a_mark_is_stored_before_it_is_answered
                marks_of_one_moment_are_written_together
                an_author_hears_that_a_message_has_arrived
                an_author_who_has_left_is_told_of_no_more_deliveries
                what_comes_by_sync_arrives_too
                a_client_may_say_itself_what_has_arrived
                a_chat_is_muted_on_ones_own_devices_only
                a_mute_that_has_run_out_is_none
                a_chat_is_marked_unread_on_ones_own_devices_only
                reading_to_the_unread_mark_clears_it
                an_unread_mark_comes_wherever_the_chat_is_shown
                what_is_wrong_with_an_unread_mark_is_named
            );
            cases!($backend, sync:
                one_who_has_missed_nothing_gets_nothing
                one_who_comes_back_gets_what_has_changed
                new_chats_come_whole_and_foreign_ones_are_removed
                more_is_asked_for_from_the_position_it_brought_one_to
                a_long_absence_loses_no_message_of_any_chat
                a_position_beyond_the_chats_starts_anew
                two_thousand_chats_are_enough_for_one_sync
                what_does_not_fit_into_a_reply_is_pending
                a_large_chat_comes_with_its_first_members
                a_cursor_brings_what_belongs_to_no_chat
                a_deleted_contact_is_told_by_the_cursor
            );
            cases!($backend, names:
                a_name_hides_nothing
                a_name_is_kept_in_nfc
                a_channel_cannot_look_like_another
                official_display_names_are_for_admins
                an_attachment_is_what_it_says
                what_nobody_can_see_is_neither_message_nor_reaction
                metadata_has_at_most_16_kib
                names_and_searches_are_compared_by_case_folding
            );
            cases!($backend, quotas:
                a_chat_has_so_many_pins
                a_message_has_so_many_emoji
                a_user_has_so_many_tokens_and_bots
                bots_count_as_sign_ups_of_their_address
                a_user_is_in_so_many_chats
                a_user_makes_so_many_chats_an_hour
                a_user_adds_so_many_strangers_an_hour
                the_bots_of_a_person_spend_together
                the_oldest_session_makes_room
                all_connections_of_a_user_spend_together
                a_download_ends_with_its_session_and_the_password
                an_export_is_noted_once_a_day_and_few_run_at_once
            );
            cases!($backend, envelope:
                fields_stand_flat_or_in_a_payload
                a_bad_envelope_is_named_and_the_connection_lives_on
                a_request_id_is_echoed_as_it_was_written
                a_bad_request_id_is_refused_and_not_echoed
                a_typing_error_is_answered_with_what_was_meant
                an_error_has_its_shape_and_nothing_more
                what_is_not_json_is_refused
                a_binary_frame_is_as_good_as_a_text_frame
                a_frame_may_be_nested_32_deep
                an_array_is_its_commands_one_after_another
                replies_come_in_the_order_of_the_commands
            );
            cases!($backend, refusals:
                a_value_of_the_wrong_type_is_named
                a_value_out_of_range_is_named
                a_missing_field_is_named_and_an_unknown_one_refused
                a_text_that_is_too_long_is_named
                a_huge_number_is_never_the_servers_fault
                a_private_chat_does_not_exist_for_those_outside
            );
            cases!($backend, post:
                every_code_has_its_status
                a_command_is_answered_in_the_body
                wrong_credentials_are_refused_whatever_is_asked
                a_body_that_is_no_command_is_refused
                all_of_the_callers_sockets_hear_what_it_did
                pages_of_other_origins_may_not_send_commands
                the_servers_own_pages_may_send_commands
                the_side_pages_answer
                another_method_is_refused_with_those_that_are_right
                pages_of_allowed_origins_may_send_and_read_files
                a_page_that_the_browser_has_is_not_sent_again
            );
            cases!($backend, guarantees:
                one_who_is_cut_off_and_resumes_ends_as_one_who_stayed
            );
            cases!($backend, budgets:
                no_list_of_messages_or_chats_is_longer_than_a_reply
                no_list_of_people_is_longer_than_a_reply
                streams_that_do_not_fit_in_a_reply_are_pending
            );
            cases!($backend, operations:
                a_change_of_a_chat_is_made_once
                a_command_that_changes_no_chat_is_done_once
                an_outcome_that_changed_nothing_is_kept_too
                an_op_id_belongs_to_one_command_of_one_user
                of_a_password_nothing_is_kept_under_an_op_id
                an_op_id_sent_by_four_devices_at_once_is_one_change
                a_command_that_changes_no_chat_is_done_once_by_four_devices_at_once
                a_command_whose_outcome_was_not_kept_overwrites_no_later_change
                outcomes_are_bounded_in_bytes_and_number
                what_is_wrong_with_an_op_id_is_named
                a_change_without_an_answer_is_published_and_found
            );
            cases!($backend, ordering:
                five_hundred_pipelined_commands_are_answered_once_each_in_their_order
                eight_senders_and_all_devices_see_every_message_once_in_one_order
                an_id_sent_by_four_devices_at_once_is_one_message
                an_id_sent_by_four_people_at_once_is_the_fastests
            );
            cases!($backend, streams:
                an_answer_is_read_while_it_is_written_and_kept_once
                the_final_text_may_be_another
                one_who_comes_late_gets_what_there_is_so_far
                any_member_asks_an_author_to_stop
                an_author_who_is_cut_off_leaves_what_there_is
                a_stopping_server_keeps_what_there_is
                who_is_out_of_the_chat_streams_no_more
                a_stream_without_text_ends_without_a_message
                an_archived_chat_has_no_streams_and_nobody_types
                a_long_streamed_answer_can_be_edited
                what_is_wrong_with_a_stream_is_named
            );
            cases!($backend, text_mode:
                people_talk_in_lines
                a_line_that_is_wrong_is_answered_with_what_would_be_right
                a_person_may_see_the_frames_and_write_them
                a_person_signs_up_and_meets_others
                passwords_are_not_echoed
                what_is_typed_after_opening_a_channel_goes_to_that_channel
                nobody_can_write_a_line_that_looks_like_anothers
                a_secret_is_asked_for_until_it_is_right_or_given_up
                a_name_opens_only_a_chat_of_ones_own
            );
            cases!($backend, typing:
                typing_is_told_to_the_others_and_ends
                who_types_on_is_not_told_of_at_every_stroke
                who_sends_types_no_more
                who_leaves_or_is_removed_types_no_more
                who_is_cut_off_types_no_more
                who_falls_silent_types_no_more
                only_members_type
            );
            cases!($backend, presence:
                coming_and_going_is_told_once_to_all_who_share_a_chat
                one_with_three_tabs_is_there_until_the_last_one_ends
                one_is_away_while_all_of_their_connections_are
                the_time_one_was_last_there_outlives_the_server
                the_presence_of_a_chat_is_its_members_to_see
                only_those_one_shares_a_chat_with_are_told_of
            );
            cases!($backend, large:
                a_chat_is_large_above_the_bound_and_small_again_below_it
                presence_in_a_large_chat_is_asked_for
                marks_in_a_large_chat_are_for_own_devices
                an_author_learns_how_many_have_read_a_message
                typing_in_a_large_chat_tells_of_five_at_a_time
                presence_comes_in_batches_to_those_who_ask
            );
            cases!($backend, slow:
                who_pauses_is_told_of_the_gap_and_catches_up_by_sync
                replies_reach_one_who_pauses
                who_takes_nothing_is_closed_with_1013
                who_reads_slowly_is_never_closed
                a_silent_one_is_closed_with_4408_and_one_who_answers_pings_stays
            );
        }
    };
}

backend!(sqlite);
#[cfg(feature = "cosmos")]
backend!(cosmos);
#[cfg(feature = "postgres")]
backend!(postgres);
