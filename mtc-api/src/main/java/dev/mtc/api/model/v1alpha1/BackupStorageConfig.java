package dev.mtc.api.model.v1alpha1;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import io.fabric8.kubernetes.api.model.ObjectReference;
import org.jspecify.annotations.Nullable;

/**
 * How to reach an object store. MTC's CRD reference, MigStorage spec.
 *
 * @since 0.1
 */
@JsonPropertyOrder({
    "credsSecretRef",
    "awsBucketName",
    "awsRegion",
    "awsS3ForcePathStyle",
    "awsS3Url",
    "awsPublicUrl",
    "awsKmsKeyId",
    "awsSignatureVersion",
    "s3CustomCABundle",
    "azureStorageAccount",
    "azureStorageContainer",
    "azureResourceGroup",
    "gcpBucket",
    "insecure"
})
public final class BackupStorageConfig extends WireObject {

    @JsonProperty("credsSecretRef")
    @JsonPropertyDescription("Secret with the credentials, in the keys that the provider asks for.")
    private @Nullable ObjectReference credsSecretRef;

    @JsonProperty("awsBucketName")
    @JsonPropertyDescription("Bucket, for aws.")
    private @Nullable String awsBucketName;

    @JsonProperty("awsRegion")
    @JsonPropertyDescription("Region of the bucket; us-east-1 if empty.")
    private @Nullable String awsRegion;

    @JsonProperty("awsS3ForcePathStyle")
    @JsonPropertyDescription("Accepted but without effect: path style is used whenever awsS3Url is set.")
    @JsonInclude(JsonInclude.Include.NON_DEFAULT)
    private boolean awsS3ForcePathStyle;

    @JsonProperty("awsS3Url")
    @JsonPropertyDescription("URL of an S3-compatible server other than Amazon's.")
    private @Nullable String awsS3Url;

    @JsonProperty("awsPublicUrl")
    @JsonPropertyDescription("URL of that server for downloads from elsewhere.")
    private @Nullable String awsPublicUrl;

    @JsonProperty("awsKmsKeyId")
    @JsonPropertyDescription("Key that the store encrypts with.")
    private @Nullable String awsKmsKeyId;

    @JsonProperty("awsSignatureVersion")
    @JsonPropertyDescription("Signature version for presigned URLs, 1 or 4.")
    private @Nullable String awsSignatureVersion;

    @JsonProperty("s3CustomCABundle")
    @JsonPropertyDescription("PEM certificates that the server's certificate is checked with.")
    private byte @Nullable [] s3CustomCaBundle;

    @JsonProperty("azureStorageAccount")
    @JsonPropertyDescription("Storage account, for azure.")
    private @Nullable String azureStorageAccount;

    @JsonProperty("azureStorageContainer")
    @JsonPropertyDescription("Blob container, for azure.")
    private @Nullable String azureStorageContainer;

    @JsonProperty("azureResourceGroup")
    @JsonPropertyDescription("Resource group of the storage account, for azure.")
    private @Nullable String azureResourceGroup;

    @JsonProperty("gcpBucket")
    @JsonPropertyDescription("Bucket, for gcp.")
    private @Nullable String gcpBucket;

    @JsonProperty("insecure")
    @JsonPropertyDescription("Whether to accept any certificate; false by default.")
    @JsonInclude(JsonInclude.Include.NON_DEFAULT)
    private boolean insecure;

    public @Nullable ObjectReference getCredsSecretRef() {
        return credsSecretRef;
    }

    public void setCredsSecretRef(@Nullable ObjectReference credsSecretRef) {
        this.credsSecretRef = credsSecretRef;
    }

    public @Nullable String getAwsBucketName() {
        return awsBucketName;
    }

    public void setAwsBucketName(@Nullable String awsBucketName) {
        this.awsBucketName = awsBucketName;
    }

    public @Nullable String getAwsRegion() {
        return awsRegion;
    }

    public void setAwsRegion(@Nullable String awsRegion) {
        this.awsRegion = awsRegion;
    }

    public boolean isAwsS3ForcePathStyle() {
        return awsS3ForcePathStyle;
    }

    public void setAwsS3ForcePathStyle(boolean awsS3ForcePathStyle) {
        this.awsS3ForcePathStyle = awsS3ForcePathStyle;
    }

    public @Nullable String getAwsS3Url() {
        return awsS3Url;
    }

    public void setAwsS3Url(@Nullable String awsS3Url) {
        this.awsS3Url = awsS3Url;
    }

    public @Nullable String getAwsPublicUrl() {
        return awsPublicUrl;
    }

    public void setAwsPublicUrl(@Nullable String awsPublicUrl) {
        this.awsPublicUrl = awsPublicUrl;
    }

    public @Nullable String getAwsKmsKeyId() {
        return awsKmsKeyId;
    }

    public void setAwsKmsKeyId(@Nullable String awsKmsKeyId) {
        this.awsKmsKeyId = awsKmsKeyId;
    }

    public @Nullable String getAwsSignatureVersion() {
        return awsSignatureVersion;
    }

    public void setAwsSignatureVersion(@Nullable String awsSignatureVersion) {
        this.awsSignatureVersion = awsSignatureVersion;
    }

    public byte @Nullable [] getS3CustomCaBundle() {
        return s3CustomCaBundle;
    }

    public void setS3CustomCaBundle(byte @Nullable [] s3CustomCaBundle) {
        this.s3CustomCaBundle = s3CustomCaBundle;
    }

    public @Nullable String getAzureStorageAccount() {
        return azureStorageAccount;
    }

    public void setAzureStorageAccount(@Nullable String azureStorageAccount) {
        this.azureStorageAccount = azureStorageAccount;
    }

    public @Nullable String getAzureStorageContainer() {
        return azureStorageContainer;
    }

    public void setAzureStorageContainer(@Nullable String azureStorageContainer) {
        this.azureStorageContainer = azureStorageContainer;
    }

    public @Nullable String getAzureResourceGroup() {
        return azureResourceGroup;
    }

    public void setAzureResourceGroup(@Nullable String azureResourceGroup) {
        this.azureResourceGroup = azureResourceGroup;
    }

    public @Nullable String getGcpBucket() {
        return gcpBucket;
    }

    public void setGcpBucket(@Nullable String gcpBucket) {
        this.gcpBucket = gcpBucket;
    }

    public boolean isInsecure() {
        return insecure;
    }

    public void setInsecure(boolean insecure) {
        this.insecure = insecure;
    }
}
