package dev.mtc.engine.internal.condition;

/** How far a plan reaches. Clusters are told apart by the uid of their first namespace, not by their address. */
public enum Reach {
    /** Source and target are one cluster. */
    INTRA_CLUSTER,
    /** Source and target are two clusters. */
    INTER_CLUSTER;

    /** {@return the reach between clusters of these uids} */
    public static Reach between(String sourceUid, String targetUid) {
        return sourceUid.equals(targetUid) ? INTRA_CLUSTER : INTER_CLUSTER;
    }
}
