"""The sample hotel 澜棠大酒店: invented people, clients, stays and money around one day, for trying the program out.

Always the same for the same day: every part has its own dice, and every date hangs on the day the sample is made for.

Still left out: event orders, whose duty is not there yet."""
