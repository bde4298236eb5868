"""The conditions of the summary procedure (简易程序) as tables; they also hold on a phone without a network."""
