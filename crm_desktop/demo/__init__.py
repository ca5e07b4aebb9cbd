"""The sample hotel 澜棠大酒店: invented people, clients, stays and money around one day, for trying the program out.

Always the same for the same day: every part has its own dice, and every date hangs on the day the sample is made for.

Still left out, until the duty it belongs to is there: complaints and call-backs, event orders, inspections, the gift
store, surveys and reviews, approvals, papers to sign, credit applications, targets, the day book of the halls, and the
hierarchy of accounts (told in remarks)."""
