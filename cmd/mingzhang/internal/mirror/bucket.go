package mirror

import (
	"bytes"
	"context"
	"crypto/md5"
	"encoding/hex"
	"net/url"
	"strings"

	"github.com/minio/minio-go/v7"
	"github.com/minio/minio-go/v7/pkg/credentials"
)

// BucketOptions say where a bucket is. Keys are taken from the environment or
// from the file of the AWS tools, never from a command line.
type BucketOptions struct {
	Endpoint string // https://oss-cn-hangzhou.aliyuncs.com; https without a scheme
	Region   string
	Lookup   string // auto, path or dns: how the bucket stands in addresses
}

// Bucket is a bucket of an S3-compatible store, or a prefix in one.
type Bucket struct {
	client *minio.Client
	name   string
	prefix string
}

// NewBucket opens s3://bucket/prefix.
func NewBucket(target string, o BucketOptions) (*Bucket, error) {
	name, prefix, _ := strings.Cut(strings.TrimPrefix(target, "s3://"), "/")
	if prefix = strings.Trim(prefix, "/"); prefix != "" {
		prefix += "/"
	}
	host, secure := o.Endpoint, true
	if u, err := url.Parse(o.Endpoint); err == nil && u.Host != "" {
		host, secure = u.Host, u.Scheme != "http"
	}
	lookup := map[string]minio.BucketLookupType{"path": minio.BucketLookupPath, "dns": minio.BucketLookupDNS}[o.Lookup]
	client, err := minio.New(host, &minio.Options{
		Creds: credentials.NewChainCredentials([]credentials.Provider{
			&credentials.EnvAWS{}, &credentials.EnvMinio{}, &credentials.FileAWSCredentials{},
		}),
		Secure: secure, Region: o.Region, BucketLookup: lookup,
	})
	if err != nil {
		return nil, err
	}
	return &Bucket{client, name, prefix}, nil
}

// List asks for all objects under the prefix.
func (s *Bucket) List(ctx context.Context) (map[string]Object, error) {
	out := map[string]Object{}
	for o := range s.client.ListObjects(ctx, s.name, minio.ListObjectsOptions{Prefix: s.prefix, Recursive: true}) {
		if o.Err != nil {
			return nil, o.Err
		}
		name := strings.TrimPrefix(o.Key, s.prefix)
		if name == "" || strings.HasSuffix(name, "/") {
			continue // a folder that a console made
		}
		out[name] = Object{Name: name, Size: o.Size, Mark: strings.Trim(o.ETag, `"`)}
	}
	return out, nil
}

// Holds compares the MD5 that stores keep of what came in one piece; where a
// store keeps another mark the file is sent again.
func (s *Bucket) Holds(_ context.Context, o Object, f *File) bool {
	if o.Size != int64(len(f.Data)) {
		return false
	}
	sum := md5.Sum(f.Data)
	return strings.EqualFold(o.Mark, hex.EncodeToString(sum[:]))
}

// Get reads an object.
func (s *Bucket) Get(ctx context.Context, name string) ([]byte, error) {
	o, err := s.client.GetObject(ctx, s.name, s.prefix+name, minio.GetObjectOptions{})
	if err != nil {
		return nil, err
	}
	return readAll(o)
}

// Put sends a file as one plain signed request. OSS, COS and OBS refuse the
// chunked requests with trailers that newer S3 clients send; an MD5 guards the
// body instead.
func (s *Bucket) Put(ctx context.Context, f *File) error {
	_, err := s.client.PutObject(ctx, s.name, s.prefix+f.Name, bytes.NewReader(f.Data), int64(len(f.Data)), minio.PutObjectOptions{
		ContentType: f.Type, CacheControl: f.Cache, ContentEncoding: f.Encoding,
		SendContentMd5: true, DisableContentSha256: true, DisableMultipart: true,
	})
	return err
}

// Remove deletes an object.
func (s *Bucket) Remove(ctx context.Context, name string) error {
	return s.client.RemoveObject(ctx, s.name, s.prefix+name, minio.RemoveObjectOptions{})
}

// Negotiates is false: a store serves what it has.
func (s *Bucket) Negotiates() bool { return false }
