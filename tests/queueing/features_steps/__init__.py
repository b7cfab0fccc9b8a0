"""The scenes and steps behind 取号, 叫号, 断线叫号 and 一天结束."""
