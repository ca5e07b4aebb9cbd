"""What a record is: declarations, kinds of value, money, dates and the words people read. Pure Python."""
