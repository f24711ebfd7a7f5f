"""Text of pages whose own is none: which pages those are, and how a picture of them is read."""
