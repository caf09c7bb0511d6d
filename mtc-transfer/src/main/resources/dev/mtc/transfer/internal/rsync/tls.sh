# How both ends of a transfer know each other: by a key that nobody else has. The suite lets each prove it, and nothing else
# stand for it: under TLS 1.3 a server may answer the offer of a key with a certificate, which a client without authorities
# does not check. Keys of connections are ephemeral (ECDHE): who learns the transfer's key later cannot read what was recorded.
mutual() {
  cat <<END
sslVersion = TLSv1.2
ciphers = ECDHE-PSK-CHACHA20-POLY1305
PSKsecrets = /mtc/secret/psk
END
}
