"""The append-only audit log: an RFC 6962 Merkle tree over every act and every disclosure."""
